import type { Document } from '../../core/document';

/** A parameter may name several, one per line. */
const ownFile = /^sha256:[0-9a-f]{64}\/(.+)$/gm;

function names(value: unknown): string[] {
  if (typeof value === 'string') return [...value.matchAll(ownFile)].map(([, name = '']) => name);
  if (typeof value !== 'object' || value === null) return [];
  const { hash, name } = value as { readonly hash?: unknown; readonly name?: unknown };
  if (typeof hash === 'string' && typeof name === 'string') return [name];
  return Object.values(value).flatMap(names);
}

/** The names of pictures and models that a graph refers to and does not hold. */
export function leftBehind({ nodes, subgraphs = [] }: Document): string[] {
  const all = [...nodes, ...subgraphs.flatMap((subgraph) => subgraph.nodes)];
  return [...new Set(all.flatMap(({ params }) => names(params)))];
}
