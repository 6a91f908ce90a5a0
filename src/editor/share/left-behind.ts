import type { Document } from '../../core/document';

const ownFile = /^sha256:[0-9a-f]{64}\/(.+)$/;

function names(value: unknown): string[] {
  if (typeof value === 'string') return ownFile.exec(value)?.slice(1) ?? [];
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
