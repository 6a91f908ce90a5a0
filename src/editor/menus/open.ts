import { canvasStore, selectedParts, selectNodes, selectWire } from '../state/canvas-store';
import { uiStore } from '../state/ui-store';
import { type MenuTarget, targetOf } from './target';

/** Pixels of the window. */
interface Point {
  readonly x: number;
  readonly y: number;
}

/** What a menu acts on is selected before it opens, unless it is part of a selection already. */
function select(on: MenuTarget): MenuTarget {
  if (on.place === 'wire') selectWire(on.id);
  if (on.place !== 'node' && on.place !== 'frame' && on.place !== 'note') return on;
  const selected = selectedParts();
  if (selected.length > 1 && selected.includes(on.id)) return { place: 'selection' };
  selectNodes([on.id]);
  return on;
}

/** Opens the context menu of what is at a place of the window. */
export function openContextMenu({ x, y }: Point, on: MenuTarget) {
  uiStore.setState({ menuAt: { x, y, on: select(on) } });
}

/** Whether the user writes there: the browser's own menu has the spelling and the clipboard. */
const typesText = (element: Element) =>
  element.matches('input:not([type=checkbox]), textarea, select, [contenteditable=true]');

/** The right button, and the Menu key or Shift F10, which browsers report in the same way. */
export function onContextMenu(event: MouseEvent) {
  const target = event.target as Element;
  if (typesText(target)) return;
  event.preventDefault();
  // From the keyboard the event comes without a place, or with one of no meaning: what has the focus is meant.
  if (event.button === 2 || !(target instanceof HTMLElement)) {
    openContextMenu({ x: event.clientX, y: event.clientY }, targetOf(target));
    return;
  }
  const { left, top, width, height } = target.getBoundingClientRect();
  const at = { x: left + Math.min(width / 2, 40), y: top + Math.min(height / 2, 24) };
  const chosen = canvasStore.getState().nodes.some(({ selected }) => selected);
  openContextMenu(at, target.closest('.react-flow__node') || !chosen ? targetOf(target) : { place: 'selection' });
}
