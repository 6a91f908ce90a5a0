import { type Graph, inputSpec, outputSpec, type Registry } from '../../core/graph';
import { topologicalOrder } from '../../core/order';

const known = new WeakMap<Graph, ReadonlySet<string>>();

/** The nodes whose outputs carry a list: list nodes and all that runs once per item of one. */
export function manyNodes(graph: Graph, registry: Registry): ReadonlySet<string> {
  let many = known.get(graph) as Set<string> | undefined;
  if (!many) {
    many = new Set();
    for (const id of topologicalOrder(graph.nodes.keys(), (id) => (graph.into.get(id) ?? []).map(({ from }) => from[0]))
      .order) {
      const definition = registry.get(graph.nodes.get(id)?.type ?? '');
      if (!definition) continue;
      const lists = Object.keys(definition.out).some((port) => outputSpec(definition, port)?.lists);
      const fed = graph.into.get(id)?.some((w) => many?.has(w.from[0]) && !inputSpec(definition, w.to[1])?.gathers);
      if (lists || fed) many.add(id);
    }
    known.set(graph, many);
  }
  return many;
}
