import type { AnyNode } from '../../core/define-node';
import type { Document, DocumentNode } from '../../core/document';
import type { Registry } from '../../core/graph';
import { isBorder, subgraphOf } from '../../core/subgraph';
import { whole } from './boxes';
import { freeId, takenIds } from './ids';
import { nodeOf, type Recipe } from './recipe';

export type Point = readonly [x: number, y: number];

/** Where the end of a new zone lies relative to its start, in pixels: room for a UNet step, a combination and a step. */
const zoneSpan = 440;

/** The nodes that adding a definition makes: itself, and the end of the zone when it starts one. */
export function newNodes(
  document: Document,
  registry: Registry,
  definition: AnyNode,
  at: Point,
  params: DocumentNode['params'] = {},
): DocumentNode[] {
  const taken = takenIds(document);
  const make = ({ type, version }: AnyNode, x: number, values: DocumentNode['params']): DocumentNode => {
    const id = freeId(taken, type);
    taken.add(id);
    return { id, type, version, at: whole(x, at[1]), params: values };
  };
  const end = definition.loopStart && registry.get(definition.loopStart.end);
  const nodes = [make(definition, at[0], params)];
  if (end) nodes.push(make(end, at[0] + zoneSpan, {}));
  return nodes;
}

/** Puts nodes into the graph. A start and an end that come together make a zone. */
export const addNodes =
  (nodes: readonly DocumentNode[], registry: Registry): Recipe =>
  (document) => {
    document.nodes.push(...nodes);
    for (const start of nodes) {
      const endType = registry.get(start.type)?.loopStart?.end;
      const end = endType === undefined ? undefined : nodes.find(({ type }) => type === endType);
      if (end) document.zones.push({ id: freeId(takenIds(document), 'zone'), start: start.id, end: end.id });
    }
  };

/** The nodes that go when `ids` go: the other half of a zone goes with the first. The border of a subgraph stays. */
export function withPartners(document: Document, ids: Iterable<string>): Set<string> {
  const all = new Set(ids);
  for (const { start, end } of document.zones)
    if (all.has(start) || all.has(end)) {
      all.add(start);
      all.add(end);
    }
  for (const { id, type } of document.nodes) if (isBorder(type)) all.delete(id);
  return all;
}

/** Removes nodes with their wires and zones, frames without what is in them, and notes. */
export const removeParts =
  (ids: Iterable<string>): Recipe =>
  (document) => {
    const gone = withPartners(document, ids);
    document.nodes = document.nodes.filter(({ id }) => !gone.has(id));
    document.wires = document.wires.filter(({ from, to }) => !gone.has(from[0]) && !gone.has(to[0]));
    document.zones = document.zones.filter(({ start }) => !gone.has(start));
    document.frames = document.frames.filter(({ id }) => !gone.has(id));
    const notes = document.notes?.filter(({ id }) => !gone.has(id));
    if (notes?.length) document.notes = notes;
    else delete document.notes;
    if (document.params) document.params = document.params.filter(({ of }) => !gone.has(of[0]));
  };

/**
 * Calls a node what the user likes; an empty title gives back the one of its definition. The only instance of a subgraph gives
 * its name to the subgraph.
 */
export const retitleNode =
  (id: string, title: string): Recipe =>
  (document) => {
    const node = nodeOf(document, id);
    if (!node) return;
    const subgraph = subgraphOf(document, node.type);
    const others = [document.nodes, ...(document.subgraphs ?? []).map(({ nodes }) => nodes)].flat();
    if (subgraph && title.trim() && others.filter(({ type }) => type === node.type).length === 1) {
      subgraph.title = title;
      delete node.title;
      return;
    }
    // As it is typed, or no space could be typed before the next word.
    if (title.trim()) node.title = title;
    else delete node.title;
  };

export const renameDocument =
  (name: string): Recipe =>
  (document) => {
    document.name = name;
  };
