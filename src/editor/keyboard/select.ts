import { titleIn } from '../announce/changes';
import { announce } from '../announce/live';
import { registry } from '../registry';
import { canvasStore, selectedParts, selectNodes } from '../state/canvas-store';
import { documentStore } from '../state/document-store';
import { spoken } from '../text/spoken';

/** As long as the user gathers parts, moving the focus leaves the selection as it is. */
let gathering = false;

/** Commands act on what is selected, so what gets the focus is selected, unless several parts are. */
export function selectFocused(id: string) {
  const selected = selectedParts();
  if (selected.length > 1 || (gathering && selected.length > 0) || selected[0] === id) return;
  gathering = false;
  selectNodes([id]);
}

/** Takes a part into the selection or out of it. The first time it only begins: the part with the focus is selected already. */
export function gather(id: string) {
  const selected = selectedParts();
  const title = titleIn(documentStore.getState().graph, registry, id);
  const begins = !gathering && selected.length === 1 && selected[0] === id;
  const out = !begins && selected.includes(id);
  gathering = true;
  if (!begins) {
    const chosen = new Set(out ? selected.filter((other) => other !== id) : [...selected, id]);
    canvasStore.setState(({ nodes }) => ({
      nodes: nodes.map((node) =>
        !!node.selected === chosen.has(node.id) ? node : { ...node, selected: chosen.has(node.id) },
      ),
    }));
  }
  announce((out ? spoken.deselected : spoken.selected)(title, selectedParts().length));
}

/** Selects only the part with the focus. False where that is so already. */
export function selectOnly(id: string): boolean {
  const selected = selectedParts();
  if (!gathering && selected.length === 1 && selected[0] === id) return false;
  gathering = false;
  selectNodes([id]);
  return true;
}
