import type { Document } from '../../core/document';
import { revealInGraph } from '../canvas/reveal';
import { notify } from '../notify';
import { wholeDocument } from '../state/document-store';
import { runStore } from '../state/run-store';
import { isOpen, showTab } from '../state/tabs';
import { common } from '../text/common';
import { runs } from '../text/runs';

/** Tells about a run that failed; one that went well shows its pictures and needs no words. */
export function reportOutcome(graph: Document) {
  if (wholeDocument().id !== graph.id) {
    if (isOpen(graph.id))
      notify({
        tone: 'done',
        title: runs.over(graph.name || common.untitled),
        action: { label: runs.show, run: () => showTab(graph.id) },
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
    title: failed.length === 1 ? first.what : runs.failed(failed.length, first.what),
    text: first.cure,
    action: first.id === '' ? undefined : { label: runs.showFirst, run: () => revealInGraph(first.id) },
  });
}
