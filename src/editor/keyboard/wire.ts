import type { WireEnd } from '../../core/document';
import { inputSpec, outputSpec } from '../../core/graph';
import { parametersOf } from '../../core/parameters';
import { outputKind } from '../../core/port-kinds';
import { endWords } from '../announce/changes';
import { announce } from '../announce/live';
import { drawWhole, isSketched } from '../canvas/detail';
import { canBeSocket } from '../document/parameters';
import { connect, disconnect, wireId } from '../document/wires';
import { registry } from '../registry';
import { documentStore, edit } from '../state/document-store';
import { handStore, letGo, type Side, takeWire, type WireInHand } from '../state/wire-in-hand';
import { gestures } from '../text/gestures';
import { spoken } from '../text/spoken';
import { canvas, nodeElement } from './focus';
import { showHint } from './hint';

export interface Socket {
  readonly end: WireEnd;
  readonly side: Side;
}

/** Which socket an element of the canvas is. */
export function socketOf(element: Element): Socket | undefined {
  if (!(element instanceof HTMLElement) || !element.matches('.react-flow__handle')) return undefined;
  const { nodeid, handleid } = element.dataset;
  if (nodeid === undefined || handleid === undefined) return undefined;
  return { end: [nodeid, handleid], side: element.matches('.source') ? 'source' : 'target' };
}

function specAt({ end: [id, port], side }: Socket) {
  const definition = registry.get(documentStore.getState().graph.nodes.get(id)?.type ?? '');
  return definition && (side === 'source' ? outputSpec : inputSpec)(definition, port);
}

function kindAt(socket: Socket) {
  const { graph } = documentStore.getState();
  return socket.side === 'source' ? outputKind(graph, registry, socket.end) : specAt(socket)?.kind;
}

/** The wire that was taken by keyboard; one that the pointer holds is not ours to let go. */
let held: WireInHand | undefined;

const holds = () => held !== undefined && handStore.getState().hand === held;

/** Lets go the wire that was taken by keyboard. False where there is none. */
export function dropWire(): boolean {
  if (!held) return false;
  const had = holds();
  held = undefined;
  showHint(undefined);
  if (had) letGo();
  return had;
}

const words = (end: WireEnd) => endWords(documentStore.getState().graph, registry, end);

/** The sockets of a part of the canvas that take the wire in hand, in the order of Tab. */
const fitting = (hand: WireInHand, within: Element | null): HTMLElement[] =>
  [...(within?.querySelectorAll<HTMLElement>('.react-flow__handle') ?? [])].filter((element) => {
    const socket = socketOf(element);
    return (
      socket &&
      hand.suits(socket.end[0], specAt(socket), socket.side) &&
      hand.verdict(socket.end, socket.side).ok === true
    );
  });

/** How many sockets of a node take the wire in hand that is not drawn whole. */
function fittingUnseen(hand: WireInHand, id: string): number {
  const definition = registry.get(documentStore.getState().graph.nodes.get(id)?.type ?? '');
  if (!definition) return 0;
  const side: Side = hand.side === 'source' ? 'target' : 'source';
  const parameters = side === 'target' ? parametersOf(definition).filter(canBeSocket) : [];
  const ports = [
    ...Object.keys(side === 'target' ? definition.in : definition.out),
    ...parameters.map(({ name }) => name),
  ];
  return ports.filter((port) => {
    const socket: Socket = { end: [id, port], side };
    return hand.suits(id, specAt(socket), side) && hand.verdict(socket.end, side).ok;
  }).length;
}

const unseen = (hand: WireInHand): readonly string[] =>
  [...documentStore.getState().graph.nodes.keys()].filter((id) => isSketched(id) && fittingUnseen(hand, id) > 0);

/** Takes a wire at a socket. Tab then goes through the sockets that fit. */
function holdWire(socket: Socket) {
  takeWire(socket.end, socket.side, kindAt(socket));
  held = handStore.getState().hand;
  const hand = held;
  const count = hand
    ? unseen(hand).reduce((sum, id) => sum + fittingUnseen(hand, id), fitting(hand, canvas()).length)
    : 0;
  const what = spoken.held(socket.side, words(socket.end));
  showHint(spoken.heldHint(what));
  announce(spoken.heldKeys(what, count));
}

/** Moves the focus to the next socket that fits. False where no wire is held. */
export function nextFitting(from: Element, by: 1 | -1): boolean {
  const hand = held;
  if (!hand || !holds()) return false;
  const find = () => {
    const stops = fitting(hand, canvas());
    // In the order of the page, with nodes that have a socket for it but do not show it.
    const places = [...stops, ...unseen(hand).flatMap((id) => nodeElement(id) ?? [])].sort((a, b) =>
      a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
    );
    const beyond = (mask: number) => places.filter((place) => from.compareDocumentPosition(place) & mask);
    return by > 0
      ? (beyond(Node.DOCUMENT_POSITION_FOLLOWING)[0] ?? places[0])
      : (beyond(Node.DOCUMENT_POSITION_PRECEDING).at(-1) ?? places.at(-1));
  };
  let next = find();
  if (next?.dataset.id !== undefined && isSketched(next.dataset.id)) {
    drawWhole(next.dataset.id);
    next = fitting(hand, next).at(by > 0 ? 0 : -1);
  }
  next?.focus({ preventScroll: true });
  return true;
}

/** What Enter does at a socket: takes a wire, or wires what is held. */
export function enterSocket(socket: Socket) {
  const { hand } = handStore.getState();
  if (!hand) return holdWire(socket);
  if (hand.end.join(' ') === socket.end.join(' ') && hand.side === socket.side) {
    dropWire();
    announce(spoken.letGo);
    return;
  }
  const verdict = hand.verdict(socket.end, socket.side);
  if (!verdict.ok) {
    showHint(verdict.reason);
    announce(verdict.reason);
    return;
  }
  const [from, to] = hand.side === 'source' ? [hand.end, socket.end] : [socket.end, hand.end];
  dropWire();
  letGo();
  edit(gestures.wire, connect(from, to));
}

/** Takes out the wires of a socket. False where it has none. */
export function unwire({ end, side }: Socket): boolean {
  const { graph } = documentStore.getState();
  const wires = (side === 'target' ? graph.into : graph.outOf)
    .get(end[0])
    ?.filter(({ from, to }) => (side === 'target' ? to : from)[1] === end[1]);
  if (!wires?.length) return false;
  edit(
    wires.length === 1 ? gestures.removeWire : gestures.removeWires(wires.length),
    disconnect(new Set(wires.map(({ to }) => wireId(to)))),
  );
  return true;
}
