import { endWords } from '../announce/changes';
import { announce } from '../announce/live';
import addNode from '../commands/add-node';
import { registry } from '../registry';
import { documentStore } from '../state/document-store';
import { uiStore } from '../state/ui-store';
import { isInstance, openInside } from '../subgraph/open';
import { spoken } from '../text/spoken';
import { focusNode, focusSocket } from './focus';
import { showHint } from './hint';
import { gather, selectOnly } from './select';
import { type Direction, type Fork, type Place, type Step, turn, walk } from './walk';
import { dropWire, enterSocket, nextFitting, socketOf, unwire } from './wire';

/** What can be edited in a node. */
const fields = 'input, textarea, select, [role=spinbutton], [role=slider]';

const typesText = (element: HTMLElement) => element.matches('input:not([type=checkbox]), textarea, select');

/** The wires to choose from, as long as no other key is pressed, and the way that led here. */
let fork: Fork | undefined;
let last: Step | undefined;
/** The socket or field that Escape left for its node: Up and Down go on from there. */
let leftAt: HTMLElement | undefined;

function goTo({ node, socket }: Place) {
  if (socket) focusSocket(node, socket.port, socket.side);
  else focusNode(node);
}

function showFork({ ways, at }: Fork) {
  const way = ways[at];
  if (!way || ways.length < 2) return showHint(undefined);
  const { graph } = documentStore.getState();
  if (!way.socket) return announce(spoken.ways(ways.length));
  const name = endWords(graph, registry, [way.node, way.socket.port]);
  showHint(spoken.forkHint(at + 1, ways.length, name));
  announce(spoken.fork(at + 1, ways.length));
}

/** Goes along a wire, through a node from socket to socket, or says that no way leads on. */
function go(place: Place, direction: Direction, stops: readonly HTMLElement[]) {
  const { graph } = documentStore.getState();
  const next = walk(graph, place, direction, last);
  const way = next?.ways[next.at];
  if (next && way) {
    fork = next;
    last = { from: place, to: way, direction };
    goTo(way);
    showFork(next);
    return;
  }
  const { socket } = place;
  const inward = socket?.side === (direction === 'left' ? 'source' : 'target');
  const across = inward
    ? stops.find((stop) => stop.matches(`.react-flow__handle.${direction === 'left' ? 'target' : 'source'}`))
    : undefined;
  if (across) across.focus({ preventScroll: true });
  else announce(socket && !inward ? spoken.notWired : direction === 'left' ? spoken.nothingIn : spoken.nothingOut);
}

/** The focus went elsewhere by other means. */
export function forgetWay() {
  fork = undefined;
  showHint(undefined);
}

/** What a key does where the focus is; false where it is not ours. */
function act(event: KeyboardEvent, node: HTMLElement, id: string, target: HTMLElement): boolean {
  const { key, shiftKey } = event;
  const onNode = target === node;
  const socket = socketOf(target);
  if (key === 'Tab') {
    if (fork) forgetWay();
    return nextFitting(target, shiftKey ? -1 : 1);
  }
  if (shiftKey && key === ' ' && (onNode || socket)) {
    gather(id);
    return true;
  }
  if (shiftKey) return false;
  if (key === 'Escape') {
    if (dropWire()) announce(spoken.letGo);
    else if (onNode) return selectOnly(id);
    else {
      leftAt = target;
      node.focus({ preventScroll: true });
    }
    return true;
  }
  const vertical = key === 'ArrowDown' || key === 'ArrowUp';
  // In one line of text nothing is above or below.
  if (typesText(target) && !(vertical && target.matches('input'))) return false;
  const stops = [...node.querySelectorAll<HTMLElement>('[data-stop]')];
  const taken = fork;
  if (taken) forgetWay();
  if (vertical) {
    const by = key === 'ArrowDown' ? 1 : -1;
    if (taken && taken.ways.length > 1 && socket) {
      fork = turn(taken, by);
      const way = fork.ways[fork.at];
      if (way && last) {
        last = { ...last, to: way };
        goTo(way);
      }
      showFork(fork);
    } else {
      const here = stops.indexOf(onNode && leftAt ? leftAt : target);
      const at = here >= 0 ? here + by : by > 0 ? 0 : stops.length - 1;
      leftAt = undefined;
      (stops[at] ?? node).focus({ preventScroll: true });
    }
    return true;
  }
  if ((key === 'ArrowLeft' || key === 'ArrowRight') && (onNode || socket)) {
    const place = socket ? { node: id, socket: { port: socket.end[1], side: socket.side } } : { node: id };
    go(place, key === 'ArrowLeft' ? 'left' : 'right', stops);
    return true;
  }
  if (socket && (key === 'Delete' || key === 'Backspace')) {
    if (!unwire(socket)) announce(spoken.notWired);
    return true;
  }
  if (socket && key === ' ') {
    dropWire();
    void addNode.run();
    return true;
  }
  if (socket && key === 'Enter') {
    enterSocket(socket);
    return true;
  }
  if (onNode && key === 'Enter') {
    if (isInstance(id)) {
      openInside(id);
      return true;
    }
    const first = stops.find((stop) => stop.matches(fields)) ?? stops[0];
    if (first) first.focus({ preventScroll: true });
    else uiStore.setState({ renaming: id });
    return true;
  }
  return false;
}

/** Keys inside the canvas (UI.md, "Keyboard"): along wires, through a node's sockets and fields, in and out. */
export function onCanvasKey(event: KeyboardEvent) {
  // A field that used the key says so.
  if (event.defaultPrevented || event.cancelBubble || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target as HTMLElement;
  const node = target.closest<HTMLElement>('.react-flow__node');
  const id = node?.dataset.id;
  if (!node || id === undefined || !act(event, node, id, target)) return;
  event.preventDefault();
  event.stopPropagation();
}
