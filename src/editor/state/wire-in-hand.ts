import { createStore } from 'zustand/vanilla';
import { type Connection, canConnect } from '../../core/connect';
import type { PortSpec } from '../../core/define-node';
import type { Document, WireEnd } from '../../core/document';
import { downstream, graphOf, upstream } from '../../core/graph';
import type { Kind } from '../../core/kinds';
import { mayGive, takes } from '../../core/port-kinds';
import { wireId } from '../document/wires';
import { registry } from '../registry';
import { currentDocument } from './document-store';

export type Side = 'source' | 'target';

/** A wire that the user holds by one end. */
export interface WireInHand {
  readonly end: WireEnd;
  /** What the fixed end is: an output (`source`) or an input. */
  readonly side: Side;
  readonly kind: Kind | undefined;
  /** The wire that is being moved to another socket, if one is. */
  readonly replugged: string | undefined;
  /** Whether a socket comes into question, by kind and direction: cheap enough to ask of every socket at once. */
  suits(node: string, spec: PortSpec | undefined, side: Side): boolean;
  /** Whether the free end may go to a socket, and why not. Asked often, answered once per socket. */
  verdict(socket: WireEnd, side: Side): Connection;
}

interface HandState {
  readonly hand: WireInHand | undefined;
}

export const handStore = createStore<HandState>(() => ({ hand: undefined }));

const sameSide: Connection = { ok: false, reason: 'A wire goes from an output to an input.' };

/** Takes a wire in hand. */
export function takeWire(end: WireEnd, side: Side, kind: Kind | undefined, replugged?: string) {
  const { wires, ...rest } = currentDocument();
  const document: Document = { ...rest, wires: wires.filter(({ to }) => wireId(to) !== replugged) };
  const graph = graphOf(document);
  // From here a wire would close a loop.
  const around = side === 'source' ? upstream(graph, [end[0]]) : downstream(graph, [end[0]]).add(end[0]);
  const suits = (node: string, other: PortSpec | undefined, otherSide: Side): boolean =>
    otherSide !== side &&
    !around.has(node) &&
    kind !== undefined &&
    other !== undefined &&
    (side === 'source' ? takes(other, kind) : mayGive(other, kind));
  const answers = new Map<string, Connection>();
  const verdict = (socket: WireEnd, other: Side): Connection => {
    if (other === side) return sameSide;
    const key = socket.join(' ');
    const known = answers.get(key);
    if (known) return known;
    const answer =
      side === 'source' ? canConnect(document, registry, end, socket) : canConnect(document, registry, socket, end);
    answers.set(key, answer);
    return answer;
  };
  handStore.setState({ hand: { end, side, kind, replugged, suits, verdict } });
}

export const letGo = () => handStore.setState({ hand: undefined });
