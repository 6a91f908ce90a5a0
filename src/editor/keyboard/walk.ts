import type { Wire } from '../../core/document';
import type { Graph } from '../../core/graph';
import type { Side } from '../state/wire-in-hand';

export type Direction = 'left' | 'right';

/** Where one can be: at a node, or at one of its sockets. */
export interface Place {
  readonly node: string;
  readonly socket?: { readonly port: string; readonly side: Side };
}

const samePlace = (a: Place, b: Place): boolean =>
  a.node === b.node && a.socket?.port === b.socket?.port && a.socket?.side === b.socket?.side;

const farEnd = ({ from, to }: Wire, direction: Direction): Place =>
  direction === 'left'
    ? { node: from[0], socket: { port: from[1], side: 'source' } }
    : { node: to[0], socket: { port: to[1], side: 'target' } };

/** Where the wires lead in a direction: from a socket to the sockets at their other ends, from a node to the nodes there. */
export function waysFrom(graph: Graph, { node, socket }: Place, direction: Direction): Place[] {
  const wires = (direction === 'left' ? graph.into.get(node) : graph.outOf.get(node)) ?? [];
  if (!socket) return [...new Set(wires.map((wire) => farEnd(wire, direction).node))].map((id) => ({ node: id }));
  if (socket.side !== (direction === 'left' ? 'target' : 'source')) return [];
  const ends = wires.filter(({ from, to }) => (direction === 'left' ? to : from)[1] === socket.port);
  return ends.map((wire) => farEnd(wire, direction));
}

/** Places to choose from where wires part, and which of them was taken. */
export interface Fork {
  readonly ways: readonly Place[];
  readonly at: number;
}

export interface Step {
  readonly from: Place;
  readonly to: Place;
  readonly direction: Direction;
}

/** Along the wires from a place. Who turns round goes back where they came from; else the first wire is taken. */
export function walk(graph: Graph, from: Place, direction: Direction, last?: Step): Fork | undefined {
  const ways = waysFrom(graph, from, direction);
  if (ways.length === 0) return undefined;
  const back =
    last && last.direction !== direction && samePlace(last.to, from)
      ? ways.findIndex((way) => samePlace(way, last.from))
      : -1;
  return { ways, at: Math.max(0, back) };
}

/** The next or previous of the wires that part at a fork. */
export const turn = ({ ways, at }: Fork, by: 1 | -1): Fork => ({ ways, at: (at + by + ways.length) % ways.length });
