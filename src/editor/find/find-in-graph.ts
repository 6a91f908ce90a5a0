import type { Document } from '../../core/document';
import type { Registry } from '../../core/graph';
import { find } from '../text/find';
import { portWords } from '../words';

export interface Find {
  readonly id: string;
  /** What it is called. */
  readonly title: string;
  /** Where the words are, if they are not in the title: "text: a red car". */
  readonly where: string | undefined;
}

/** Around the words that were found, in characters. */
const around = 28;

function passage(text: string, query: string): string | undefined {
  const at = text.toLowerCase().indexOf(query);
  if (at < 0) return undefined;
  const [from, to] = [Math.max(0, at - around), Math.min(text.length, at + query.length + around)];
  const words = text.slice(from, to).replaceAll(/\s+/g, ' ').trim();
  return `${from > 0 ? '…' : ''}${words}${to < text.length ? '…' : ''}`;
}

const isValue = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';

/** Nodes, frames and notes in whose title, type, values or text a query stands, from left to right. */
export function findInGraph({ nodes, frames, notes = [] }: Document, registry: Registry, query: string): Find[] {
  const wanted = query.trim().toLowerCase();
  if (!wanted) return [];
  const found: (Find & { readonly at: readonly [number, number] })[] = [];
  for (const { id, type, title, params, at } of nodes) {
    const name = title ?? registry.get(type)?.title ?? type;
    const value = Object.entries(params)
      .flatMap(([key, values]) => [values].flat().map((one) => [key, one] as const))
      .map(([key, one]) => {
        const there = isValue(one) ? passage(String(one), wanted) : undefined;
        return there && `${portWords(key)}: ${there}`;
      })
      .find((words) => words !== undefined);
    const kind = passage(registry.get(type)?.title ?? type, wanted);
    const inName = name.toLowerCase().includes(wanted);
    if (inName || value || kind) found.push({ id, title: name, where: inName ? undefined : (value ?? kind), at });
  }
  for (const { id, title, at } of frames)
    if (title.toLowerCase().includes(wanted)) found.push({ id, title: title || find.frame, where: undefined, at });
  for (const { id, text, at } of notes) {
    const where = passage(text, wanted);
    if (where) found.push({ id, title: find.note, where, at });
  }
  return found
    .sort((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1])
    .map(({ id, title, where }) => ({ id, title, where }));
}
