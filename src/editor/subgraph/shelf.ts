import { useMemo } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { AnyNode } from '../../core/define-node';
import type { Document, Subgraph } from '../../core/document';
import { isBorder, subgraphOf } from '../../core/subgraph';
import { definitions } from '../palette/definitions';
import { definitionsOf, registry } from '../registry';
import { currentDocument } from '../state/document-store';
import { useDocument } from '../state/use';

/** A subgraph that any graph can take: one that comes with Weft, or one of the user's own. */
export interface Offer {
  readonly id: string;
  readonly own: boolean;
  /** A graph with one instance of it. */
  readonly excerpt: Document;
  readonly definition: AnyNode;
}

/** What can be taken; it is read when the palette is first drawn. */
export const shelfStore = createStore<{ readonly offers: readonly Offer[] }>(() => ({ offers: [] }));

export function offerOf(id: string, excerpt: Document, own: boolean): Offer | undefined {
  const definition = definitionsOf(excerpt).get(excerpt.nodes[0]?.type ?? '');
  // A type of its own: the graph may have another subgraph under the same id.
  return definition && { id, own, excerpt, definition: { ...definition, type: `subgraph/offered-${id}` } };
}

/** The offer that a definition in the palette stands for. */
export const offered = (definition: AnyNode): Offer | undefined =>
  shelfStore.getState().offers.find((offer) => offer.definition === definition);

const contentOf = (subgraph: Subgraph | undefined) => {
  const { id: _, ...content } = subgraph ?? {};
  return JSON.stringify(content);
};

function subgraphsOf({ subgraphs }: Document, offers: readonly Offer[]): readonly AnyNode[] {
  const own = [...registry.values()].filter(({ type }) => type.startsWith('subgraph/') && !isBorder(type));
  const had = new Set(subgraphs?.map(contentOf));
  const others = offers.filter(({ excerpt }) => !had.has(contentOf(subgraphOf(excerpt, excerpt.nodes[0]?.type ?? ''))));
  return [...own, ...others.map(({ definition }) => definition)];
}

/** Subgraphs that can be added: those of this graph, and those on the shelf that it does not have as they are there. */
export function useSubgraphs(): readonly AnyNode[] {
  const { offers } = useStore(shelfStore);
  const { subgraphs, path } = useDocument(({ document, path }) => ({
    subgraphs: document.subgraphs,
    path: path.join(),
  }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the registry is other inside of a subgraph
  return useMemo(() => subgraphsOf(currentDocument(), offers), [offers, subgraphs, path]);
}

/** Everything that can be added by itself, now. */
export const addable = (): readonly AnyNode[] => [
  ...subgraphsOf(currentDocument(), shelfStore.getState().offers),
  ...definitions,
];

/** The same, as it changes. */
export function useAddable(): readonly AnyNode[] {
  const subgraphs = useSubgraphs();
  return useMemo(() => [...subgraphs, ...definitions], [subgraphs]);
}
