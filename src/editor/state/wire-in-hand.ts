import { createStore } from 'zustand/vanilla';
import { type Connection, canConnect } from '../../core/connect';
import type { PortSpec } from '../../core/define-node';
import type { Document, WireEnd } from '../../core/document';
import { downstream, graphOf, upstream } from '../../core/graph';
import type { Kind } from '../../core/kinds';
import { mayGive, takes } from '../../core/port-kinds';
import type { Point } from '../document/nodes';
import { isReroute, reroutesOf } from '../document/reroutes';
import { wireId } from '../document/wires';
import { registry } from '../registry';
import { gestures } from '../text/gestures';
import { currentDocument } from './document-store';

export type Side = 'source' | 'target';

/** A wire that the user holds by one end. */
export interface WireInHand {
  readonly end: WireEnd;
  /** What the fixed end is: an output (`source`) or an input. */
  readonly side: Side;
  /** Further inputs, whose wires are moved to another output together with that of `end`. */
  readonly others: readonly WireEnd[];
  readonly kind: Kind | undefined;
  /** The wires that are being moved to another socket, if any are. */
  readonly replugged: readonly string[];
  /** Points through which it is led from its output to where it is held. */
  readonly via: readonly Point[];
  /** Whether a socket comes into question, by kind and direction: cheap enough to ask of every socket at once. */
  suits(node: string, spec: PortSpec | undefined, side: Side): boolean;
  /** Whether the free end may go to a socket or a reroute, and why not. Asked often, answered once per socket. */
  verdict(socket: WireEnd, side: Side): Connection;
}

interface HandState {
  readonly hand: WireInHand | undefined;
}

export const handStore = createStore<HandState>(() => ({ hand: undefined }));

const fine: Connection = { ok: true };
const sameSide: Connection = { ok: false, reason: gestures.wireNeedsBoth };

/** The sockets that a wire comes to which is let go over a socket or a reroute. */
function socketsAt(document: Document, [id, port]: WireEnd, side: Side): readonly WireEnd[] {
  const reroute = isReroute(id) ? reroutesOf(document).get(id) : undefined;
  return reroute ? (side === 'source' ? [reroute.from] : reroute.to) : [[id, port]];
}

type Moved = Partial<Pick<WireInHand, 'replugged' | 'others' | 'via'>>;

/** Takes a wire in hand. */
export function takeWire(
  end: WireEnd,
  side: Side,
  kind: Kind | undefined,
  { replugged = [], others = [], via = [] }: Moved = {},
) {
  const { wires, ...rest } = currentDocument();
  const document: Document = { ...rest, wires: wires.filter(({ to }) => !replugged.includes(wireId(to))) };
  const graph = graphOf(document);
  const fixed = [end, ...others];
  const ids = fixed.map(([id]) => id);
  // From here a wire would close a loop.
  const around = side === 'source' ? upstream(graph, ids) : new Set([...ids, ...downstream(graph, ids)]);
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
    const pairs = socketsAt(document, socket, other).flatMap((there) => fixed.map((here) => [here, there] as const));
    const answer =
      pairs
        .map(([here, there]) =>
          side === 'source' ? canConnect(document, registry, here, there) : canConnect(document, registry, there, here),
        )
        .find(({ ok }) => !ok) ?? fine;
    answers.set(key, answer);
    return answer;
  };
  handStore.setState({ hand: { end, side, others, kind, replugged, via, suits, verdict } });
}

export const letGo = () => handStore.setState({ hand: undefined });
