import type { Document, DocumentNode, Subgraph } from '../../core/document';

/** A graph, or the inside of a subgraph as one; then with what its instances may set. */
export type Shown = Document & { params?: Subgraph['params'] };

/** One change of a graph: writes into an immer draft, so that undo gets its patches for free. Knows no React. */
export type Recipe = (document: Shown) => void;

/** Recipes one after the other, as one change. */
export const allOf =
  (...recipes: readonly Recipe[]): Recipe =>
  (document) => {
    for (const recipe of recipes) recipe(document);
  };

export const nodeOf = (document: Document, id: string): DocumentNode | undefined =>
  document.nodes.find((node) => node.id === id);
