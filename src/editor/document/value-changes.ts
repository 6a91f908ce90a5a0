import type { Document, DocumentNode } from '../../core/document';
import type { Graph } from '../../core/graph';

/** Whether nothing but its parameters and its place is another. */
const sameButValues = (a: DocumentNode, b: DocumentNode): boolean =>
  (Object.keys({ ...a, ...b }) as (keyof DocumentNode)[]).every(
    (name) => name === 'params' || name === 'at' || a[name] === b[name],
  );

/**
 * The nodes of which parameters or places were changed, where nothing else of the graph was; undefined where something was.
 * This is what typing and dragging do, and most of what is shown of a graph does not depend on it.
 */
export function valueChanges(before: Document, after: Document): readonly string[] | undefined {
  if (before === after) return [];
  const { nodes, wires, zones, frames, notes, subgraphs, id } = after;
  const same =
    id === before.id &&
    wires === before.wires &&
    zones === before.zones &&
    frames === before.frames &&
    notes === before.notes &&
    subgraphs === before.subgraphs &&
    nodes.length === before.nodes.length;
  if (!same) return undefined;
  const changed: string[] = [];
  for (const [i, node] of nodes.entries()) {
    const old = before.nodes[i];
    if (old === node) continue;
    if (!old || !sameButValues(old, node)) return undefined;
    changed.push(node.id);
  }
  return changed;
}

/** Keeps what was worked out from a graph until more changes than parameters and places. `rest` is of no account to that. */
export function ofStructure<T, R extends readonly unknown[]>(
  work: (graph: Graph, ...rest: R) => T,
): (graph: Graph, ...rest: R) => T {
  let last: { graph: Graph; readonly value: T } | undefined;
  return (graph, ...rest) => {
    if (!last || (graph !== last.graph && !valueChanges(last.graph.document, graph.document)))
      last = { graph, value: work(graph, ...rest) };
    last.graph = graph;
    return last.value;
  };
}
