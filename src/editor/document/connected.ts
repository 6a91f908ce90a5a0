import { downstream, type Graph, upstream } from '../../core/graph';

/** What lies before and after nodes along the wires, and the nodes themselves. */
export const connected = (graph: Graph, ids: readonly string[]): Set<string> =>
  new Set([...ids, ...upstream(graph, ids), ...downstream(graph, ids)]);
