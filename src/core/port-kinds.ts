import type { PortSpec } from './define-node';
import type { WireEnd } from './document';
import { type Graph, outputSpec, type Registry } from './graph';
import { fits, type Kind } from './kinds';

/** Whether an input takes values of a kind. */
export const takes = ({ kind, also = [] }: PortSpec, from: Kind): boolean =>
  fits(from, kind) || also.some((other) => fits(from, other));

/** Whether an output may have a kind. */
export const mayGive = ({ kind, also = [] }: PortSpec, to: Kind): boolean =>
  fits(kind, to) || also.some((other) => fits(other, to));

const known = new WeakMap<Graph, Map<string, Kind | undefined>>();

/**
 * The kind of what comes out of an output. Where it depends on what is wired, it is found by going back along the wires;
 * undefined where they do not say it yet, or do not go together.
 */
export function outputKind(graph: Graph, registry: Registry, [id, port]: WireEnd): Kind | undefined {
  const node = graph.nodes.get(id);
  const definition = registry.get(node?.type ?? '');
  const spec = definition && outputSpec(definition, port);
  const varies = spec?.also && definition?.varies;
  if (!node || !varies) return spec?.kind;
  const kinds = known.get(graph) ?? new Map<string, Kind | undefined>();
  known.set(graph, kinds);
  const key = `${id} ${port}`;
  if (!kinds.has(key)) {
    // A loop of wires has no kind.
    kinds.set(key, undefined);
    try {
      kinds.set(key, varies.kinds(node.params, wiredKinds(graph, registry, id))[port]);
    } catch {
      // Whoever runs the node says why.
    }
  }
  return kinds.get(key);
}

/** Kinds of what is wired to a node, by input, as far as they are known. */
export function wiredKinds(graph: Graph, registry: Registry, id: string): Record<string, Kind> {
  const kinds: Record<string, Kind> = {};
  for (const { from, to } of graph.into.get(id) ?? []) {
    const kind = outputKind(graph, registry, from);
    if (kind) kinds[to[1]] = kind;
  }
  return kinds;
}
