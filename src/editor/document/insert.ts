import { canConnect } from '../../core/connect';
import type { AnyNode } from '../../core/define-node';
import type { Document, Wire } from '../../core/document';
import { inputSpec, outputSpec, type Registry } from '../../core/graph';
import { fits, type Kind } from '../../core/kinds';
import { allOf, nodeOf, type Recipe } from './recipe';
import { connect, wireId } from './wires';

interface Ports {
  readonly input: string;
  readonly output: string;
}

const kindOf = (definition: AnyNode, side: 'in' | 'out', port: string): Kind | undefined =>
  (side === 'in' ? inputSpec(definition, port) : outputSpec(definition, port))?.kind;

/** The sockets by which a node can stand between two kinds; ones of exactly those kinds first. */
function portsBetween(definition: AnyNode, from: Kind, to: Kind, free: (port: string) => boolean): Ports | undefined {
  if (definition.loopStart || definition.loopEnd) return undefined;
  const best = (side: 'in' | 'out', suits: (kind: Kind) => boolean, wanted: Kind) => {
    const ports = Object.keys(definition[side]).filter((port) => {
      const kind = kindOf(definition, side, port);
      return kind && suits(kind) && (side === 'out' || free(port));
    });
    return ports.find((port) => kindOf(definition, side, port) === wanted) ?? ports[0];
  };
  const input = best('in', (kind) => fits(from, kind), from);
  const output = best('out', (kind) => fits(kind, to), to);
  return input === undefined || output === undefined ? undefined : { input, output };
}

const kindsOf = (document: Document, registry: Registry, { from, to }: Wire): readonly [Kind, Kind] | undefined => {
  const source = registry.get(nodeOf(document, from[0])?.type ?? '');
  const target = registry.get(nodeOf(document, to[0])?.type ?? '');
  const [left, right] = [source && kindOf(source, 'out', from[1]), target && kindOf(target, 'in', to[1])];
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
  return valid ? allOf(connect(before.from, before.to), connect([node, ports.output], to)) : undefined;
}
