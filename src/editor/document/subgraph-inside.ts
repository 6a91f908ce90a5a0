import { current, isDraft, produce } from 'immer';
import type { Document, DocumentNode, Subgraph } from '../../core/document';
import { subgraphOf, subgraphType } from '../../core/subgraph';
import type { Recipe, Shown } from './recipe';
import { followNames } from './subgraph-instances';

/** Ids of instances from the graph inwards, each inside of the one before. Empty for the graph itself. */
export type Path = readonly string[];

interface Place {
  /** As far as the path leads somewhere. */
  readonly path: Path;
  /** The instances on it. */
  readonly instances: readonly DocumentNode[];
  /** What is there to be seen; undefined for the graph itself. */
  readonly subgraph: Subgraph | undefined;
}

export function follow(document: Document, path: Path): Place {
  const instances: DocumentNode[] = [];
  let subgraph: Subgraph | undefined;
  for (const id of path) {
    const nodes: readonly DocumentNode[] = (subgraph ?? document).nodes;
    const node = nodes.find((other) => other.id === id);
    const next = node && subgraphOf(document, node.type);
    if (!next) break;
    instances.push(node);
    subgraph = next;
  }
  return { path: path.slice(0, instances.length), instances, subgraph };
}

/** The inside of a subgraph as a graph of its own, which is what the editor shows and changes; the graph for an empty path. */
export function insideOf(document: Document, path: Path): Shown {
  const { subgraph, path: followed } = follow(document, path);
  if (!subgraph) return document;
  const { title, nodes, wires, zones, frames, notes, params } = subgraph;
  const { format, version, subgraphs } = document;
  const id = [document.id, ...followed].join('/');
  const optional = { ...(notes && { notes }), ...(subgraphs && { subgraphs }) };
  return { format, version, id, name: title, nodes, wires, zones, frames, params, ...optional };
}

/** A change of what `insideOf` shows, as a change of the graph: every instance of the subgraph follows. */
export const within =
  (path: Path, recipe: Recipe): Recipe =>
  (document) => {
    const now = isDraft(document) ? current(document) : document;
    const { subgraph } = follow(now, path);
    if (!subgraph) return recipe(document);
    const before = insideOf(now, path);
    const after = produce(before, recipe);
    if (after === before) return;
    const { name, nodes, wires, zones, frames, notes, params = [], subgraphs = [] } = after;
    const { notes: _, ...rest } = subgraph;
    const changed: Subgraph = { ...rest, title: name, nodes, wires, zones, frames, params, ...(notes && { notes }) };
    const next = { ...now, subgraphs: subgraphs.map((other) => (other.id === subgraph.id ? changed : other)) };
    const gone = subgraph.params.filter(({ name: old }) => !params.some((parameter) => parameter.name === old));
    replaceParts(
      document,
      now,
      gone.length ? followNames(next, subgraphType(subgraph.id), { params: namesOf(gone) }) : next,
    );
  };

const namesOf = (gone: Subgraph['params']) => new Map(gone.map(({ name }) => [name, undefined]));

/** Writes into a draft what is different in another state of the graph. */
export function replaceParts(draft: Document, before: Document, after: Document) {
  if (after.nodes !== before.nodes) draft.nodes = after.nodes;
  if (after.wires !== before.wires) draft.wires = after.wires;
  if (after.subgraphs !== before.subgraphs && after.subgraphs) draft.subgraphs = after.subgraphs;
}
