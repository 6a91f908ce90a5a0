import { drawWhole } from '../canvas/detail';
import { currentFlow } from '../canvas/view';
import type { Side } from '../state/wire-in-hand';

export const canvas = () => document.querySelector<HTMLElement>('main[aria-label=Graph]');

export const nodeElement = (id: string) =>
  document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);

function socketElement(node: string, port: string, side: Side) {
  drawWhole(node);
  return nodeElement(node)?.querySelector<HTMLElement>(
    `.react-flow__handle.${side}[data-handleid="${CSS.escape(port)}"]`,
  );
}

/** A part that was just made is hidden until React Flow has measured it, which takes a few frames; so long it takes no focus. */
const frames = 60;
let wish = 0;
let pending = false;

/** Whether the focus is on its way to something. */
export const isFocusPending = (): boolean => pending;

const isTypedInto = (element: Element | null) => element?.matches('input, textarea') ?? false;

/**
 * Gives the focus to what `find` finds, as soon as it can be had. A later wish takes the place of an earlier one, and so does
 * a field that the user began to type into meanwhile.
 */
export function focusSoon(find: () => HTMLElement | null | undefined) {
  const mine = ++wish;
  let left = frames;
  const before = document.activeElement;
  const take = () => {
    if (mine !== wish) return;
    if (document.activeElement !== before && isTypedInto(document.activeElement)) {
      pending = false;
      return;
    }
    const element = find();
    element?.focus({ preventScroll: true });
    pending = (!element || document.activeElement !== element) && left-- > 0;
    if (pending) requestAnimationFrame(take);
  };
  take();
}

export const focusNode = (id: string) => focusSoon(() => nodeElement(id));

/** Focuses a socket; where the node does not show it (a spare one of it, say), the node. */
export const focusSocket = (node: string, port: string, side: Side) =>
  focusSoon(() => socketElement(node, port, side) ?? nodeElement(node));

/** Space that stays between what has the focus and the border of the canvas, in pixels. */
const margin = 24;

/** How far a stretch has to move to lie in another; what is longer is shown from its start. */
const shift = (start: number, end: number, low: number, high: number): number =>
  start < low || end - start > high - low ? low - start : end > high ? high - end : 0;

/** Moves the canvas, no more than needed, until an element of it can be seen. */
export function bringIntoView(element: HTMLElement) {
  const flow = currentFlow();
  const room = document.querySelector('.react-flow')?.getBoundingClientRect();
  if (!flow || !room) return;
  const box = element.getBoundingClientRect();
  const right = shift(box.left, box.right, room.left + margin, room.right - margin);
  const down = shift(box.top, box.bottom, room.top + margin, room.bottom - margin);
  const seen = box.right > room.left && box.left < room.right && box.bottom > room.top && box.top < room.bottom;
  // What is larger than the canvas is in view as long as a part of it is.
  const large = box.width > room.width - 2 * margin || box.height > room.height - 2 * margin;
  if ((!right && !down) || (large && seen)) return;
  const { x, y, zoom } = flow.getViewport();
  const duration = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 120;
  void flow.setViewport({ x: x + right, y: y + down, zoom }, { duration });
}
