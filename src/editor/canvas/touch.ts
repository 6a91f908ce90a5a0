import { uiStore } from '../state/ui-store';
import { handStore, letGo } from '../state/wire-in-hand';
import { addRerouteAt } from './led-wire';
import { dropWire } from './wire-drop';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** How far from the middle of a socket a finger may come down: half of a target of 44 pixels (UI.md, "Layout"). */
const reach = 22;

/** What a finger means rather than a socket beside it, unless it holds a wire. */
const fields = 'button:not(.react-flow__handle), input, textarea, select, [role=spinbutton], [role=slider], a';

/** The socket that a finger means: the nearest within reach; with a wire in hand one that takes it, or the one that it is from. */
function socketNear({ x, y }: Point, among: string): HTMLElement | undefined {
  let [nearest, distance]: [HTMLElement | undefined, number] = [undefined, reach];
  for (const socket of document.querySelectorAll<HTMLElement>(among)) {
    const { left, top, width, height } = socket.getBoundingClientRect();
    const apart = Math.hypot(left + width / 2 - x, top + height / 2 - y);
    if (apart < distance) [nearest, distance] = [socket, apart];
  }
  return nearest;
}

/** A double press on the empty canvas asks for a node; on a wire it makes a reroute. True where it did either. */
export function onDoublePress({ target, clientX: x, clientY: y }: MouseEvent): boolean {
  const on = target as Element;
  const wire = on.closest<HTMLElement>('.react-flow__edge')?.dataset.id;
  if (on.matches('.react-flow__pane')) uiStore.setState({ adding: { x, y, loose: undefined } });
  else if (wire !== undefined) addRerouteAt(wire, { x, y });
  else return false;
  return true;
}

const coarse = matchMedia('(pointer: coarse)').matches;

/** Two taps closer than this are one double tap; milliseconds and pixels. */
const [soon, near] = [500, 24];

let before = { time: -Infinity, x: 0, y: 0 };

function isSecond({ timeStamp: time, clientX: x, clientY: y }: MouseEvent): boolean {
  const second = time - before.time < soon && Math.hypot(x - before.x, y - before.y) < near;
  // A third tap is the first one again.
  before = { time: second ? -Infinity : time, x, y };
  return second;
}

const isTouch = (event: MouseEvent): boolean =>
  'pointerType' in event && event.pointerType !== '' ? event.pointerType === 'touch' : coarse;

/**
 * A tap is for the nearest socket within a finger's width, whatever it came down on. With a wire in hand it ends there, at a
 * node, at a wire, or asks for a node. True where nothing else should hear of the tap.
 */
export function onTap(event: MouseEvent): boolean {
  if (!event.isTrusted) return false;
  if (coarse && isSecond(event) && !handStore.getState().hand && onDoublePress(event)) return true;
  if (!isTouch(event)) return false;
  const target = event.target as Element;
  if (!target.closest('.react-flow')) return false;
  const { hand } = handStore.getState();
  const place = { x: event.clientX, y: event.clientY };
  if (!hand) {
    if (target.closest(fields)) return false;
    const socket = socketNear(place, '.react-flow__node-weft .react-flow__handle');
    if (!socket || socket.contains(target)) return false;
    socket.click();
    return true;
  }
  const side = hand.side === 'source' ? 'target' : 'source';
  const taking = ['.react-flow__handle[data-fate="open"]', `[data-fate="open"] > .react-flow__handle.${side}`];
  const socket =
    socketNear(place, taking.join()) ??
    target.closest<HTMLElement>('.react-flow__handle') ??
    socketNear(place, '.react-flow__handle[data-fate]');
  if (socket) socket.click();
  else {
    letGo();
    dropWire(hand, place);
  }
  return true;
}

/** How long a finger rests before it opens a menu, and how far it may stray; milliseconds and pixels. */
const [rest, stray] = [600, 10];

/**
 * Opens the menu under a finger that rests, in browsers that do not tell of it by themselves as they tell of the right
 * button.
 */
export function onTouchStart({ touches, target }: TouchEvent) {
  const [finger] = touches;
  if (touches.length !== 1 || !finger || !(target instanceof Element)) return;
  const { clientX, clientY } = finger;
  const ends = ['touchend', 'touchcancel', 'touchmove', 'touchstart', 'contextmenu'] as const;
  const timer = setTimeout(() => {
    stop();
    // The tap that ends the press is no tap.
    document.addEventListener('touchend', (event) => event.preventDefault(), {
      capture: true,
      once: true,
      passive: false,
    });
    target.dispatchEvent(
      new MouseEvent('contextmenu', { bubbles: true, cancelable: true, view: window, button: 2, clientX, clientY }),
    );
  }, rest);
  const onEnd = (event: Event) => {
    const moved = event.type === 'touchmove' ? (event as TouchEvent).touches[0] : undefined;
    if (moved && Math.hypot(moved.clientX - clientX, moved.clientY - clientY) < stray) return;
    stop();
  };
  const stop = () => {
    clearTimeout(timer);
    for (const end of ends) document.removeEventListener(end, onEnd, true);
  };
  for (const end of ends) document.addEventListener(end, onEnd, true);
}
