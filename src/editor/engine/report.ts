import { revealNode } from '../canvas/reveal';
import { notify } from '../notify';
import { runStore } from '../state/run-store';
import { countWords } from '../words';

/** Tells about a run that failed; one that went well shows its pictures and needs no words. */
export function reportOutcome() {
  const { nodes, outcome } = runStore.getState();
  if (outcome?.outcome !== 'failed') return;
  const failed = Object.entries(nodes).flatMap(([id, run]) => (run.state === 'failed' ? [{ id, ...run.problem }] : []));
  const first = failed[0];
  if (!first) return;
  notify({
    tone: 'failure',
    title: failed.length === 1 ? first.what : `${countWords(failed.length, 'node')} failed: ${first.what}`,
    text: first.cure,
    action: first.id === '' ? undefined : { label: 'Show first', run: () => revealNode(first.id) },
  });
}
