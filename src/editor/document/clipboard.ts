import { checkDocument, type Document, emptyDocument, parseDocument, writeDocument } from '../../core/document';
import { freeId, takenIds } from './ids';
import { type Point, withPartners } from './nodes';
import type { Recipe } from './recipe';

/** Part of a graph as a graph of its own: the nodes, the wires among them and their zones. */
export function excerpt(document: Document, ids: Iterable<string>): Document {
  const chosen = withPartners(document, ids);
  return {
    ...emptyDocument('excerpt', document.name),
    nodes: document.nodes.filter(({ id }) => chosen.has(id)),
    wires: document.wires.filter(({ from, to }) => chosen.has(from[0]) && chosen.has(to[0])),
    zones: document.zones.filter(({ start }) => chosen.has(start)),
  };
}

/** What goes to the clipboard: a graph file, so it can also be pasted into an editor or an issue. */
export const excerptText = (document: Document, ids: Iterable<string>): string =>
  writeDocument(checkDocument(excerpt(document, ids)));

/** What is on the clipboard, if it is nodes. */
export function readExcerpt(text: string): Document | undefined {
  try {
    return parseDocument(text);
  } catch {
    return undefined;
  }
}

/** Puts an excerpt into a graph under new ids, moved by `by`. `pasted` tells the new ids. */
export function pasteExcerpt(document: Document, part: Document, by: Point): { recipe: Recipe; pasted: string[] } {
  const taken = takenIds(document);
  const renamed = new Map<string, string>();
  for (const { id } of [...part.nodes, ...part.zones]) {
    const free = freeId(taken, id.replace(/-\d+$/, ''));
    taken.add(free);
    renamed.set(id, free);
  }
  const now = (id: string) => renamed.get(id) ?? id;
  const recipe: Recipe = (draft) => {
    for (const node of part.nodes)
      draft.nodes.push({ ...structuredClone(node), id: now(node.id), at: [node.at[0] + by[0], node.at[1] + by[1]] });
    for (const { from, to } of part.wires) draft.wires.push({ from: [now(from[0]), from[1]], to: [now(to[0]), to[1]] });
    for (const { id, start, end } of part.zones) draft.zones.push({ id: now(id), start: now(start), end: now(end) });
  };
  return { recipe, pasted: part.nodes.map(({ id }) => now(id)) };
}
