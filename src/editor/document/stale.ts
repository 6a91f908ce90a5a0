import type { Document } from '../../core/document';
import { downstream, type Graph, graphOf } from '../../core/graph';

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

/** The nodes of `now` whose result can no longer be the one of the run that computed `ran`. */
export function staleNodes(ran: Document, now: Document): Set<string> {
  if (ran.nodes === now.nodes && ran.wires === now.wires) return new Set();
  const before = graphOf(ran);
  const after = graphOf(now);
  const changed = now.nodes.filter(({ id }) => content(before, id) !== content(after, id)).map(({ id }) => id);
  return new Set([...changed, ...downstream(after, changed)]);
}
