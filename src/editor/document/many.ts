import { type Graph, inputSpec, outputSpec, type Registry } from '../../core/graph';
import { topologicalOrder } from '../../core/order';
import { ofStructure } from './value-changes';

/** The nodes whose outputs carry a list: list nodes and all that runs once per item of one. */
export const manyNodes = ofStructure((graph: Graph, registry: Registry): ReadonlySet<string> => {
  const many = new Set<string>();
  const sources = (id: string) => (graph.into.get(id) ?? []).map(({ from }) => from[0]);
  for (const id of topologicalOrder(graph.nodes.keys(), sources).order) {
    const definition = registry.get(graph.nodes.get(id)?.type ?? '');
    if (!definition) continue;
    const lists = Object.keys(definition.out).some((port) => outputSpec(definition, port)?.lists);
    const fed = graph.into.get(id)?.some((w) => many.has(w.from[0]) && !inputSpec(definition, w.to[1])?.gathers);
    if (lists || fed) many.add(id);
  }
  return many;
});
