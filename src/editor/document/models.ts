import type { Document } from '../../core/document';
import { asModelReference, type HashedModel } from '../../core/model-reference';
import type { Recipe } from './recipe';

const hashIn = (value: unknown): string | undefined => {
  const reference = asModelReference(value);
  return typeof reference === 'object' ? reference.hash : undefined;
};

/** Those of the graph and those inside of its subgraphs. */
const allNodes = ({ nodes, subgraphs = [] }: Document) => [nodes, ...subgraphs.map((inside) => inside.nodes)].flat();

/** The models that a graph names by their hash, each once. */
export function namedModels(document: Document): HashedModel[] {
  const named = new Map<string, HashedModel>();
  for (const { params } of allNodes(document))
    for (const value of Object.values(params)) {
      const reference = asModelReference(value);
      if (typeof reference === 'object' && !named.has(reference.hash)) named.set(reference.hash, reference);
    }
  return [...named.values()];
}

/** Names a model wherever a graph has a file name of another program for it. */
export const replaceNamed =
  (file: string, by: HashedModel): Recipe =>
  (document) => {
    for (const { params } of allNodes(document))
      for (const [name, value] of Object.entries(params)) if (value === file) params[name] = { ...by };
  };

/** Names another model wherever a graph names the one with this hash. */
export const replaceModel =
  (hash: string, by: HashedModel): Recipe =>
  (document) => {
    for (const { params } of allNodes(document))
      for (const [name, value] of Object.entries(params)) if (hashIn(value) === hash) params[name] = { ...by };
  };
