import { canvasStore, selectedParts, selectNodes, selectWire } from '../state/canvas-store';
import { uiStore } from '../state/ui-store';
import { type MenuTarget, targetOf } from './target';

/** Pixels of the window. */
interface Point {
  readonly x: number;
  readonly y: number;
}

/** A selection of one part is that part, and one of nothing is the canvas. */
function selection(): MenuTarget {
  const [only, ...others] = canvasStore.getState().nodes.filter(({ selected }) => selected);
  if (!only) return { place: 'canvas' };
  if (others.length > 0) return { place: 'selection' };
  return { place: only.type === 'weft' || !only.type ? 'node' : only.type, id: only.id };
}

/** What a menu acts on is selected before it opens, unless it is part of a selection already. */
function select(on: MenuTarget): MenuTarget {
  if (on.place === 'selection') return selection();
  if (on.place === 'wire') selectWire(on.id);
  if (on.place === 'reroute') selectNodes([on.id]);
  if (on.place !== 'node' && on.place !== 'frame' && on.place !== 'note') return on;
  const selected = selectedParts();
  if (selected.length > 1 && selected.includes(on.id)) return { place: 'selection' };
  selectNodes([on.id]);
  return on;
}

/** Opens the context menu of what is at a place of the window. */
export function openContextMenu({ x, y }: Point, on: MenuTarget, byKey = false) {
  uiStore.setState({ menuAt: { x, y, on: { ...select(on), at: { x, y } }, byKey } });
}

/** Whether the user writes there: the browser's own menu has the spelling and the clipboard. */
const typesText = (element: Element) =>
  element.matches('input:not([type=checkbox]), textarea, select, [contenteditable=true]');

/** The right button on the canvas. */
export function onContextMenu(event: MouseEvent) {
  const target = event.target as Element;
  if (typesText(target)) return;
  event.preventDefault();
  openContextMenu({ x: event.clientX, y: event.clientY }, targetOf(target));
}

/** Opens the context menu of what has the focus, or of the selection where the focus is on no part of the graph. */
export function openMenuAtFocus() {
  const focused = document.activeElement;
  const part =
    focused?.closest('.react-flow__node, [role=treeitem]') ??
    document.querySelector('.react-flow__node.selected') ??
    undefined;
  const inside = !!focused && !!part?.contains(focused);
  const box = (inside ? focused : (part ?? document.querySelector('main')))?.getBoundingClientRect();
  if (!box) return;
  const [x, y] = part
    ? [box.left + Math.min(box.width / 2, 40), box.top + Math.min(box.height / 2, 24)]
    : [box.left + box.width / 2, box.top + box.height / 4];
  openContextMenu({ x, y }, inside ? targetOf(focused) : { place: 'selection' }, true);
}
