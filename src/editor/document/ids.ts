import type { Document } from '../../core/document';

/** A free id that says what it stands for: `unet-step`, `unet-step-2`. */
export function freeId(taken: ReadonlySet<string>, wanted: string): string {
  const base = wanted.split('/').at(-1)?.slice(0, 56) || 'node';
  if (!taken.has(base)) return base;
  for (let n = 2; ; n++) if (!taken.has(`${base}-${n}`)) return `${base}-${n}`;
}

export const takenIds = (document: Document): Set<string> =>
  new Set([...document.nodes, ...document.zones, ...document.frames, ...(document.notes ?? [])].map(({ id }) => id));

/** An id for a new graph, unique among all graphs. */
export const newDocumentId = (): string => crypto.randomUUID();
