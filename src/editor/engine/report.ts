import type { Document } from '../../core/document';
import { revealInGraph } from '../canvas/reveal';
import { notify } from '../notify';
import { wholeDocument } from '../state/document-store';
import { runStore } from '../state/run-store';
import { isOpen, showTab } from '../state/tabs';
import { common } from '../text/common';
import { countWords } from '../words';

/** Tells about a run that failed; one that went well shows its pictures and needs no words. */
export function reportOutcome(graph: Document) {
  if (wholeDocument().id !== graph.id) {
    if (isOpen(graph.id))
      notify({
        tone: 'done',
        title: `The run of ${graph.name || common.untitled} is over.`,
        action: { label: 'Show', run: () => showTab(graph.id) },
      });
    return;
  }
  const { nodes, outcome } = runStore.getState();
  if (outcome?.outcome !== 'failed') return;
  const failed = Object.entries(nodes).flatMap(([id, run]) => (run.state === 'failed' ? [{ id, ...run.problem }] : []));
  const first = failed[0];
  if (!first) return;
  notify({
    tone: 'failure',
    title: failed.length === 1 ? first.what : `${countWords(failed.length, 'node')} failed: ${first.what}`,
    text: first.cure,
    action: first.id === '' ? undefined : { label: 'Show first', run: () => revealInGraph(first.id) },
  });
}
