import type { Boxes } from '../document/arrange';
import type { Point } from '../document/nodes';
import { moveParts, partsOf } from '../document/parts';
import { allOf } from '../document/recipe';
import { moveReroutes, reroutesOf } from '../document/reroutes';
import { gestures } from '../text/gestures';
import { boxesOf, selectedParts, selectedReroutes } from './canvas-store';
import { currentDocument, edit } from './document-store';

/** Whether enough is selected to be arranged. */
export const canAlign = () => selectedParts().length > 1;
export const canNudge = () => selectedParts().length + selectedReroutes().length > 0;
export const canDistribute = () => selectedParts().length > 2;

export const arrangeSelection = (label: string, places: (boxes: Boxes) => ReadonlyMap<string, Point>) =>
  edit(label, moveParts(places(boxesOf(selectedParts()))));

/** Moves what is selected by pixels of the graph. Presses in a row are one step of undo. */
export function nudge(right: number, down: number) {
  const chosen = new Set(selectedParts());
  const moved = partsOf(currentDocument()).filter(({ id }) => chosen.has(id));
  const places = moved.map(({ id, at: [x, y] }) => [id, [x + right, y + down]] as const);
  const reroutes = selectedReroutes();
  const points = reroutes.map((id) => {
    const [x = 0, y = 0] = reroutesOf(currentDocument()).get(id)?.via.at(-1) ?? [];
    return [id, [x + right, y + down]] as const;
  });
  const gesture = `nudge ${[...chosen, ...reroutes].join(' ')}`;
  edit(gestures.nudge, allOf(moveParts(new Map(places)), moveReroutes(new Map(points))), gesture);
}
