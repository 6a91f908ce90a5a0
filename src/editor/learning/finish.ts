import { setParameter } from '../document/parameters';
import { queueRun, stopRunning } from '../engine/queue';
import { documentStore, edit } from '../state/document-store';
import { runInside } from '../state/run-inside';
import { runStore } from '../state/run-store';
import { learning } from '../text/learning';

/**
 * Ends the lesson of a node early and goes on with the graph: the steps that were made become the steps of the node, so that
 * the graph says what was done and makes the same again.
 */
export function finishLesson(id: string): void {
  const graph = documentStore.getState().document.id;
  const unsubscribe = runStore.subscribe((state) => {
    if (state.phase !== 'idle') return;
    unsubscribe();
    const { document, path } = documentStore.getState();
    const steps = runInside(runStore.getState(), path).lessons[id]?.losses.length;
    if (document.id !== graph || !steps) return;
    edit(learning.enoughGesture, setParameter(id, 'steps', steps));
    queueRun();
  });
  stopRunning();
}
