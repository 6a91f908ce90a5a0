import type { PortSpec } from '../../core/define-node';
import type { Document, WireEnd } from '../../core/document';
import { downstream, type Graph, inputSpec, outputSpec, type Registry, upstream } from '../../core/graph';
import type { Kind } from '../../core/kinds';
import { topologicalOrder } from '../../core/order';
import { parametersOf } from '../../core/parameters';
import { mayGive, outputKind, takes } from '../../core/port-kinds';
import type { Side } from '../state/wire-in-hand';

/** A socket of the graph, by its end and what it is. */
export interface Socket {
  readonly end: WireEnd;
  readonly side: Side;
}

export interface Candidate {
  readonly end: WireEnd;
  /** Undefined where it depends on what is wired, which does not say it yet. */
  readonly kind: Kind | undefined;
  /** The kinds fit and no loop comes of it. Zones may still refuse it. */
  readonly likely: boolean;
  /** The wire is there already. */
  readonly wired: boolean;
  /** The output that is wired to this input at the moment. */
  readonly taken?: WireEnd | undefined;
  /** A parameter that is no socket yet. */
  readonly expose: boolean;
}

/** A socket with what may go through it. */
interface OwnSocket extends Socket {
  readonly spec: PortSpec;
  readonly kind: Kind | undefined;
  /** A parameter that is no socket yet. */
  readonly expose: boolean;
}

/** The sockets of a node: outputs, inputs, and parameters, those too that are not sockets yet. */
export function socketsOf(graph: Graph, registry: Registry, id: string): readonly OwnSocket[] {
  const node = graph.nodes.get(id);
  const definition = registry.get(node?.type ?? '');
  if (!definition) return [];
  const socket = (port: string, side: Side, expose = false): OwnSocket[] => {
    const spec = (side === 'source' ? outputSpec : inputSpec)(definition, port);
    const end: WireEnd = [id, port];
    if (!spec) return [];
    return [{ end, side, spec, kind: side === 'source' ? outputKind(graph, registry, end) : spec.kind, expose }];
  };
  const parameters = parametersOf(definition).map(({ name }) => name);
  return [
    ...Object.keys(definition.out).flatMap((port) => socket(port, 'source')),
    ...Object.keys(definition.in).flatMap((port) => socket(port, 'target')),
    ...parameters.flatMap((port) => socket(port, 'target', !node?.exposed?.includes(port))),
  ];
}

/** Whether an output and an input go together, as far as kinds say. */
const suits = (output: OwnSocket, input: OwnSocket): boolean =>
  output.kind ? takes(input.spec, output.kind) : mayGive(output.spec, input.spec.kind);

/** All sockets at which a wire from (or to) a socket could end, those first that most likely are meant; in the order of Tab. */
export function candidatesFor(
  document: Document,
  graph: Graph,
  registry: Registry,
  { end, side }: Socket,
): Candidate[] {
  const mine = socketsOf(graph, registry, end[0]).find((own) => own.side === side && own.end[1] === end[1]);
  if (!mine) return [];
  const around = side === 'source' ? upstream(graph, [end[0]]) : downstream(graph, [end[0]]).add(end[0]);
  const wires = new Map(document.wires.map(({ from, to }) => [to.join(' '), from]));
  const { order, cyclic } = topologicalOrder(graph.nodes.keys(), (id) =>
    (graph.into.get(id) ?? []).map(({ from }) => from[0]),
  );
  const all = [...order, ...cyclic].flatMap((id) => (id === end[0] ? [] : socketsOf(graph, registry, id)));
  const found = all
    .filter((socket) => socket.side !== side)
    .map((far): Candidate => {
      const { end: other, kind, expose } = far;
      const fit = side === 'source' ? suits(mine, far) : suits(far, mine);
      const at = wires.get((side === 'source' ? other : end).join(' '));
      const wired = at?.join(' ') === (side === 'source' ? end : other).join(' ');
      const taken = side === 'source' && !wired ? at : undefined;
      return { end: other, kind, likely: fit && !around.has(other[0]), wired, taken, expose };
    });
  // A parameter that does not fit and is no socket either is nothing to speak of.
  const worth = found.filter(({ likely, expose }) => likely || !expose);
  const rank = ({ wired, likely, taken, expose }: Candidate) => (wired ? 0 : !likely ? 4 : expose ? 3 : taken ? 2 : 1);
  return worth.sort((a, b) => rank(a) - rank(b));
}
