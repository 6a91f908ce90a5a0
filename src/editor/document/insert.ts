import { canConnect } from '../../core/connect';
import type { AnyNode, PortSpec, Ports } from '../../core/define-node';
import type { Document, Wire } from '../../core/document';
import { graphOf, inputSpec, portSpec, type Registry } from '../../core/graph';
import type { Kind } from '../../core/kinds';
import { mayGive, outputKind, takes } from '../../core/port-kinds';
import type { Point } from './nodes';
import { allOf, nodeOf, type Recipe } from './recipe';
import { connect, wireId } from './wires';

interface Between {
  readonly input: string;
  readonly output: string;
}

/** The sockets by which a node can stand between two kinds; ones of exactly those kinds first. */
function portsBetween(definition: AnyNode, from: Kind, to: Kind, free: (port: string) => boolean): Between | undefined {
  if (definition.loopStart || definition.loopEnd) return undefined;
  const best = (side: 'in' | 'out', suits: (spec: PortSpec) => boolean, wanted: Kind) => {
    const specs = Object.entries(definition[side] as Ports).map(([port, spec]) => ({ port, spec: portSpec(spec) }));
    const suitable = specs.filter(({ port, spec }) => suits(spec) && (side === 'out' || free(port)));
    return (suitable.find(({ spec }) => spec.kind === wanted) ?? suitable[0])?.port;
  };
  const input = best('in', (spec) => takes(spec, from), from);
  const output = best('out', (spec) => mayGive(spec, to), to);
  return input === undefined || output === undefined ? undefined : { input, output };
}

const kindsOf = (document: Document, registry: Registry, { from, to }: Wire): readonly [Kind, Kind] | undefined => {
  const target = registry.get(nodeOf(document, to[0])?.type ?? '');
  const left = outputKind(graphOf(document), registry, from);
  const taking = target && inputSpec(target, to[1]);
  // What an input of several kinds takes is what it has.
  const right = left && taking && (takes(taking, left) ? left : taking.kind);
  return left && right && [left, right];
};

/** Whether a node of a type can be put into a wire, by kinds alone: cheap enough to ask while something is dragged. */
export function fitsInto(document: Document, registry: Registry, id: string, definition: AnyNode): boolean {
  const wire = document.wires.find(({ to }) => wireId(to) === id);
  const kinds = wire && kindsOf(document, registry, wire);
  return !!kinds && portsBetween(definition, ...kinds, () => true) !== undefined;
}

/** Puts a node of the graph into a wire, by sockets that are free. Undefined where it does not fit. */
export function insertion(document: Document, registry: Registry, id: string, node: string): Recipe | undefined {
  const wire = document.wires.find(({ to }) => wireId(to) === id);
  const definition = registry.get(nodeOf(document, node)?.type ?? '');
  const kinds = wire && kindsOf(document, registry, wire);
  if (!wire || !definition || !kinds || wire.from[0] === node || wire.to[0] === node) return undefined;
  const wired = new Set(document.wires.filter(({ to }) => to[0] === node).map(({ to }) => to[1]));
  const ports = portsBetween(definition, ...kinds, (port) => !wired.has(port));
  if (!ports) return undefined;
  const { from, to } = wire;
  const before: Wire = { from, to: [node, ports.input] };
  const rest = document.wires.filter((other) => other !== wire);
  const valid =
    canConnect({ ...document, wires: rest }, registry, before.from, before.to).ok &&
    canConnect({ ...document, wires: [...rest, before] }, registry, [node, ports.output], to).ok;
  if (!valid) return undefined;
  const [left, right] = splitAt(document, wire, nodeOf(document, node)?.at ?? [0, 0]);
  return allOf(connect(before.from, before.to, left), connect([node, ports.output], to, right));
}

/** The points of a wire before and after a node that lies at `at`: where the way over it is the least longer. */
function splitAt(document: Document, { from, to, via = [] }: Wire, at: Point): [Point[], Point[]] {
  const ends = [from, to].map(([id]) => nodeOf(document, id)?.at ?? at);
  const way = [ends[0] ?? at, ...via, ends[1] ?? at];
  const apart = (a: Point, b: Point) => Math.hypot(a[0] - b[0], a[1] - b[1]);
  const longer = way.slice(1).map((next, i) => {
    const last = way[i] ?? at;
    return apart(last, at) + apart(at, next) - apart(last, next);
  });
  const index = longer.indexOf(Math.min(...longer));
  return [via.slice(0, index), via.slice(index)];
}
