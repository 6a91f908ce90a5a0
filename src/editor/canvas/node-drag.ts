import type { MouseEvent as ReactMouseEvent } from 'react';
import { excerpt, pasteExcerpt } from '../document/clipboard';
import { insertion } from '../document/insert';
import type { Point } from '../document/nodes';
import { moveParts, partsOf } from '../document/parts';
import { allOf } from '../document/recipe';
import { moveReroutes } from '../document/reroutes';
import { registry } from '../registry';
import { type CanvasNode, canvasStore, rerouteRadius, selectNodes } from '../state/canvas-store';
import { currentDocument, edit } from '../state/document-store';
import { uiStore } from '../state/ui-store';
import { canvas } from '../text/canvas';
import { common } from '../text/common';
import { beginCarry, endCarry } from './carry';
import { wiresBeside } from './wire-under';

type DragEvent = MouseEvent | TouchEvent | ReactMouseEvent;

/** Alt was held when the drag began: what is dragged is a copy. */
let copying = false;
/** What finds the wire under the pointer, and the one that it found last; of the drag in progress. */
let wireUnder: ReturnType<typeof wiresBeside> | undefined;
let over: string | undefined;

export function beginDrag(event: DragEvent, dragged: readonly CanvasNode[]) {
  copying = event.altKey;
  wireUnder = undefined;
  over = undefined;
  beginCarry(dragged);
}

/** While a single node is over a wire that takes it, the wire shows it. */
export function onDrag(event: DragEvent, dragged: readonly CanvasNode[]) {
  const [only] = dragged;
  if (dragged.length !== 1 || only?.type !== 'weft' || copying || !('clientX' in event)) return;
  wireUnder ??= wiresBeside(only.id);
  const wire = wireUnder(event.clientX, event.clientY);
  if (wire === over) return;
  over = wire;
  const fits = wire !== undefined && insertion(currentDocument(), registry, wire, only.id);
  uiStore.setState({ intoWire: fits ? wire : undefined });
}

export function endDrag(dragged: readonly CanvasNode[]) {
  const wire = uiStore.getState().intoWire;
  uiStore.setState({ intoWire: undefined });
  const document = currentDocument();
  const ids = new Set([...dragged.map(({ id }) => id), ...endCarry()]);
  // Where they are, which is not always where the pointer put them.
  const parts = new Map<string, Point>();
  const reroutes = new Map<string, Point>();
  for (const { id, type, position } of canvasStore.getState().nodes) {
    if (!ids.has(id)) continue;
    if (type === 'reroute') reroutes.set(id, [position.x + rerouteRadius, position.y + rerouteRadius]);
    else parts.set(id, [position.x, position.y]);
  }
  const move = allOf(moveParts(parts), moveReroutes(reroutes));
  const [first] = dragged;
  const insert = wire !== undefined && first && insertion(document, registry, wire, first.id);
  const before = first && partsOf(document).find(({ id }) => id === first.id)?.at;
  if (copying && before && first) {
    const [x, y] = parts.get(first.id) ?? before;
    const by: Point = [Math.round(x - before[0]), Math.round(y - before[1])];
    const { recipe, pasted } = pasteExcerpt(document, excerpt(document, parts.keys()), by);
    edit(canvas.duplicate(common.parts(pasted.length)), recipe);
    selectNodes(pasted);
  } else if (insert) edit(canvas.insertNode, allOf(move, insert));
  else edit(canvas.move(parts.size ? common.nodes(parts.size) : common.reroutes(reroutes.size)), move);
}
