import { registry } from '../registry';
import { selectedParts } from '../state/canvas-store';
import { documentStore } from '../state/document-store';
import { spoken } from '../text/spoken';
import { changeWords } from './changes';
import { announce } from './live';

/** Where what was moved lies now, in pixels of the graph. */
function placeWords(): string {
  const { nodes } = documentStore.getState().graph;
  const [id = ''] = selectedParts();
  const [x, y] = nodes.get(id)?.at ?? [];
  return x === undefined || y === undefined ? spoken.moved : spoken.at(x, y);
}

/** Says what a change of the graph did: what was undone or redone, what was wired, added and deleted, else the gesture's own name. */
export function announceEdits() {
  documentStore.subscribe(({ document, graph, history }, before) => {
    // The same history: only another part of the graph is looked at.
    if (history === before.history) return;
    const { past, future } = before.history;
    const same = document.id === before.document.id;
    const said = same ? changeWords(before.graph, graph, registry) : [];
    const undone = past.at(-1);
    if (undone && history.future[0] === undone) announce([spoken.undone(undone.label), ...said].join(' '));
    else if (future[0] && history.past.at(-1) === future[0])
      announce([spoken.redone(future[0].label), ...said].join(' '));
    else if (!same) return;
    else if (said.length > 0) announce(said.join(' '));
    else if (history.past.at(-1)?.label === 'Nudge') announce(placeWords());
    // Letters and dragged values are spoken by their field; each of them is a change of the same gesture.
    else if (history.past.at(-1)?.gesture === undefined) announce(spoken.did(history.past.at(-1)?.label ?? ''));
  });
}
