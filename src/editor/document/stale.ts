import type { Document } from '../../core/document';
import { downstream, type Graph, graphOf } from '../../core/graph';
import { subgraphOf } from '../../core/subgraph';
import { insideOf, type Path } from './subgraph-inside';

/** What a node's result depends on besides what its wires bring; where it lies and what it is called do not count. */
const content = (graph: Graph, id: string): string => {
  const node = graph.nodes.get(id);
  const wires = (graph.into.get(id) ?? []).map(({ from, to }) => [to[1], ...from].join(' '));
  return JSON.stringify([
    node?.type,
    node?.muted,
    node?.bypassed,
    Object.entries(node?.params ?? {}).sort(),
    wires.sort(),
  ]);
};

/** The same of a node and, where it is an instance, of all that is inside of it. */
function contentWithInside(graph: Graph, id: string): string {
  const own = content(graph, id);
  const { subgraphs } = graph.document;
  const subgraph = subgraphs && subgraphOf(graph.document, graph.nodes.get(id)?.type ?? '');
  if (!subgraph) return own;
  const inside = graphOf({ ...graph.document, ...subgraph, name: '' });
  return [
    own,
    JSON.stringify(subgraph.params),
    ...subgraph.nodes.map((node) => contentWithInside(inside, node.id)),
  ].join();
}

/**
 * The nodes of `now`, or of the subgraph that is open in it, whose result can no longer be the one of the run that computed
 * `ran`.
 */
export function staleNodes(ran: Document, now: Document, path: Path = []): Set<string> {
  if (ran.nodes === now.nodes && ran.wires === now.wires && ran.subgraphs === now.subgraphs) return new Set();
  const [before, after] = [graphOf(insideOf(ran, path)), graphOf(insideOf(now, path))];
  const all = after.document.nodes.map(({ id }) => id);
  const instance = path.at(-1);
  if (instance !== undefined && feedChanged(ran, now, path.slice(0, -1), instance)) return new Set(all);
  const changed = all.filter((id) => contentWithInside(before, id) !== contentWithInside(after, id));
  return new Set([...changed, ...downstream(after, changed)]);
}

/** Whether an instance sets other parameters than it did in the run, or gets something else. */
function feedChanged(ran: Document, now: Document, outer: Path, instance: string): boolean {
  const stale = staleNodes(ran, now, outer);
  const [before, after] = [graphOf(insideOf(ran, outer)), graphOf(insideOf(now, outer))];
  const fed = after.into.get(instance)?.some(({ from }) => stale.has(from[0]));
  return !!fed || content(before, instance) !== content(after, instance);
}
