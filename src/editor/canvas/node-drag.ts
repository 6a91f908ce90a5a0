import type { MouseEvent as ReactMouseEvent } from 'react';
import { excerpt, pasteExcerpt } from '../document/clipboard';
import { insertion } from '../document/insert';
import type { Point } from '../document/nodes';
import { moveParts, partsOf } from '../document/parts';
import { allOf } from '../document/recipe';
import { registry } from '../registry';
import { type CanvasNode, selectNodes } from '../state/canvas-store';
import { currentDocument, edit } from '../state/document-store';
import { uiStore } from '../state/ui-store';
import { countWords } from '../words';
import { beginCarry, endCarry } from './carry';
import { wireAt } from './wire-under';

type DragEvent = MouseEvent | TouchEvent | ReactMouseEvent;

/** Alt was held when the drag began: what is dragged is a copy. */
let copying = false;

export function beginDrag(event: DragEvent, dragged: readonly CanvasNode[]) {
  copying = event.altKey;
  beginCarry(dragged);
}

/** While a single node is over a wire that takes it, the wire shows it. */
export function onDrag(event: DragEvent, dragged: readonly CanvasNode[]) {
  const [only] = dragged;
  const single = dragged.length === 1 && only?.type === 'weft' && !copying && 'clientX' in event;
  const wire = single ? wireAt(event.clientX, event.clientY) : undefined;
  if (wire === uiStore.getState().intoWire) return;
  const fits = wire !== undefined && only && insertion(currentDocument(), registry, wire, only.id);
  uiStore.setState({ intoWire: fits ? wire : undefined });
}

export function endDrag(dragged: readonly CanvasNode[]) {
  const wire = uiStore.getState().intoWire;
  uiStore.setState({ intoWire: undefined });
  const document = currentDocument();
  const moved = [...dragged, ...endCarry()];
  const positions = new Map<string, Point>(moved.map(({ id, position: { x, y } }) => [id, [x, y]]));
  const move = moveParts(positions);
  const [first] = dragged;
  const insert = wire !== undefined && first && insertion(document, registry, wire, first.id);
  if (copying && first) {
    const at = partsOf(document).find(({ id }) => id === first.id)?.at ?? [0, 0];
    const by: Point = [Math.round(first.position.x - at[0]), Math.round(first.position.y - at[1])];
    const { recipe, pasted } = pasteExcerpt(document, excerpt(document, positions.keys()), by);
    edit(`Duplicate ${countWords(pasted.length, 'part')}`, recipe);
    selectNodes(pasted);
  } else if (insert) edit('Insert node', allOf(move, insert));
  else edit(`Move ${countWords(positions.size, 'node')}`, move);
}
