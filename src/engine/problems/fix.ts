import { canConnect } from '../../core/connect';
import type { AnyNode } from '../../core/define-node';
import type { Document, WireEnd } from '../../core/document';
import { graphOf, inputSpec, outputSpec, portSpec, type Registry } from '../../core/graph';
import { fits, type Kind } from '../../core/kinds';
import type { Fix, Problem } from '../../core/problem';
import { registryOf } from '../../core/subgraph';
import { isInactive } from '../active';

/**
 * The change that mends a problem, where the program can make one. An input that is not wired gets what is there already
 * where that is beyond doubt, or else a new node.
 */
export function fixFor(document: Document, base: Registry, problem: Problem): Fix | undefined {
  const registry = registryOf(document, base);
  if (problem.fix) return problem.fix;
  const { node: id, port } = problem;
  const node = document.nodes.find((one) => one.id === id);
  const definition = registry.get(node?.type ?? '');
  if (!node || !definition || port === undefined || !Object.hasOwn(definition.in, port)) return undefined;
  const to: WireEnd = [node.id, port];
  const kind = inputSpec(definition, port)?.kind;
  if (!kind || document.wires.some((wire) => wire.to[0] === node.id && wire.to[1] === port)) return undefined;
  return wireFor(document, registry, to, kind) ?? sourceFor(base, to, kind);
}

/** A wire from the only node that has such an output; of several the only one whose output nobody reads. */
function wireFor(document: Document, registry: Registry, to: WireEnd, kind: Kind): Fix | undefined {
  const graph = graphOf(document);
  const ends = document.nodes.flatMap((node): WireEnd[] => {
    const definition = registry.get(node.type);
    if (!definition || isInactive(node) || node.id === to[0]) return [];
    return Object.keys(definition.out)
      .filter((port) => outputSpec(definition, port)?.kind === kind)
      .map((port) => [node.id, port]);
  });
  // More are never beyond doubt, and asking whether each fits would take long in a large graph.
  if (ends.length > 32) return undefined;
  const fitting = ends.filter((from) => canConnect(document, registry, from, to).ok);
  const free = fitting.filter(([id, port]) => !graph.outOf.get(id)?.some(({ from }) => from[1] === port));
  const [from] = fitting.length === 1 ? fitting : free.length === 1 ? free : [];
  const source = from && graph.nodes.get(from[0]);
  if (!source) return undefined;
  return { do: 'wire', label: `Wire ${source.title ?? registry.get(source.type)?.title}`, from, to };
}

const required = ({ in: inputs }: AnyNode): Kind[] =>
  Object.keys(inputs).flatMap((port) => {
    const { optional, kind } = portSpec(inputs[port]);
    return optional ? [] : [kind];
  });

/** The node to add for a kind: of those that do not need one themselves, the usual one, or the one that needs and takes the fewest wires, and gives most. */
function sourceFor(registry: Registry, to: WireEnd, kind: Kind): Fix | undefined {
  const found = [...registry.values()].flatMap((definition) => {
    if (definition.loopStart || definition.loopEnd || required(definition).some((need) => fits(need, kind))) return [];
    const output = Object.keys(definition.out).find((port) => {
      const spec = portSpec(definition.out[port]);
      return spec.kind === kind && !spec.lists;
    });
    return output === undefined ? [] : [{ definition, output }];
  });
  const [best] = found.sort(
    (a, b) =>
      Number(b.definition.usualSource ?? false) - Number(a.definition.usualSource ?? false) ||
      required(a.definition).length - required(b.definition).length ||
      Object.keys(a.definition.in).length - Object.keys(b.definition.in).length ||
      Object.keys(b.definition.out).length - Object.keys(a.definition.out).length,
  );
  if (!best) return undefined;
  return { do: 'add', label: `Add ${best.definition.title}`, type: best.definition.type, output: best.output, to };
}
