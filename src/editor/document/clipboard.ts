import { canConnect } from '../../core/connect';
import {
  checkDocument,
  type Document,
  emptyDocument,
  parseDocument,
  type Wire,
  writeDocument,
} from '../../core/document';
import type { Registry } from '../../core/graph';
import { freeId, takenIds } from './ids';
import { type Point, withPartners } from './nodes';
import { type Part, partsOf } from './parts';
import { nodeOf, type Recipe } from './recipe';
import { subgraphsOf, takeSubgraphs } from './subgraph-use';
import { connect } from './wires';

/** Part of a graph as a graph of its own: the nodes, the wires among them, their zones and subgraphs. */
export function excerpt(document: Document, ids: Iterable<string>): Document {
  const chosen = withPartners(document, ids);
  const nodes = document.nodes.filter(({ id }) => chosen.has(id));
  const subgraphs = subgraphsOf(document, nodes);
  return {
    ...emptyDocument('excerpt', document.name),
    nodes,
    wires: document.wires.filter(({ from, to }) => chosen.has(from[0]) && chosen.has(to[0])),
    zones: document.zones.filter(({ start }) => chosen.has(start)),
    frames: document.frames.filter(({ id }) => chosen.has(id)),
    notes: document.notes?.filter(({ id }) => chosen.has(id)) ?? [],
    ...(subgraphs.length > 0 && { subgraphs }),
  };
}

/** What goes to the clipboard: a graph file, so it can also be pasted into an editor or an issue. */
export const excerptText = (document: Document, ids: Iterable<string>): string =>
  writeDocument(checkDocument(excerpt(document, ids)));

/** The wires that come into nodes from others. */
export function incomingWires(document: Document, ids: Iterable<string>): Wire[] {
  const chosen = withPartners(document, ids);
  return document.wires.filter(({ from, to }) => chosen.has(to[0]) && !chosen.has(from[0]));
}

/** The wires that come into the nodes of an excerpt in the graph that it was taken from, as far as this is that graph. */
export const incomingOfExcerpt = (document: Document, part: Document): Wire[] =>
  incomingWires(
    document,
    part.nodes.flatMap(({ id, type }) => (nodeOf(document, id)?.type === type ? [id] : [])),
  );

/** What is on the clipboard, if it is nodes. */
export function readExcerpt(text: string): Document | undefined {
  try {
    return parseDocument(text);
  } catch {
    return undefined;
  }
}

/** Puts an excerpt into a graph under new ids, moved by `by`. `pasted` tells the new ids. */
export function pasteExcerpt(
  document: Document,
  part: Document,
  by: Point,
): { recipe: Recipe; pasted: string[]; now: (id: string) => string } {
  const taken = takenIds(document);
  const renamed = new Map<string, string>();
  for (const { id } of [...part.nodes, ...part.zones, ...part.frames, ...(part.notes ?? [])]) {
    const free = freeId(taken, id.replace(/-\d+$/, ''));
    taken.add(free);
    renamed.set(id, free);
  }
  const take = takeSubgraphs(document, part.subgraphs ?? []);
  const now = (id: string) => renamed.get(id) ?? id;
  const recipe: Recipe = (draft) => {
    const moved = <T extends Part>(copied: T): T => ({
      ...structuredClone(copied),
      id: now(copied.id),
      at: [copied.at[0] + by[0], copied.at[1] + by[1]],
    });
    take.recipe(draft);
    draft.nodes.push(...part.nodes.map((node) => ({ ...moved(node), type: take.typeOf(node.type) })));
    draft.frames.push(...part.frames.map(moved));
    if (part.notes?.length) draft.notes = [...(draft.notes ?? []), ...part.notes.map(moved)];
    for (const { from, to, via } of part.wires) {
      const led = via?.map(([x, y]): [number, number] => [x + by[0], y + by[1]]);
      draft.wires.push({ from: [now(from[0]), from[1]], to: [now(to[0]), to[1]], ...(led && { via: led }) });
    }
    for (const { id, start, end } of part.zones) draft.zones.push({ id: now(id), start: now(start), end: now(end) });
  };
  return { recipe, pasted: partsOf(part).map(({ id }) => now(id)), now };
}

/** Wires what was pasted to what feeds the originals, where that is there and fits. `now` tells the new ids. */
export const rewire =
  (registry: Registry, wires: readonly Wire[], now: (id: string) => string): Recipe =>
  (document) => {
    for (const { from, to } of wires) {
      const end = [now(to[0]), to[1]] as const;
      if (canConnect(document, registry, from, [...end]).ok) connect(from, [...end])(document);
    }
  };
