import type { LibraryEntry } from '../../storage/entry';

export type Order = 'changed' | 'created' | 'name' | 'size';

const byNumber =
  (field: 'changed' | 'created' | 'size') =>
  (a: LibraryEntry, b: LibraryEntry): number =>
    b[field] - a[field];

const orders: Readonly<Record<Order, (a: LibraryEntry, b: LibraryEntry) => number>> = {
  changed: byNumber('changed'),
  created: byNumber('created'),
  size: byNumber('size'),
  name: (a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }),
};

interface Wanted {
  /** Each of these words is in the name, a tag, a prompt, a note, or the title or type of a node. */
  readonly words: string;
  readonly tag: string | undefined;
  readonly trash: boolean;
  readonly order: Order;
}

/** The graphs that a search finds, in their order. */
export function findEntries(entries: readonly LibraryEntry[], { words, tag, trash, order }: Wanted): LibraryEntry[] {
  const parts = words.toLowerCase().split(/\s+/).filter(Boolean);
  const found = entries.filter((entry) => {
    if ((entry.trashed !== undefined) !== trash || (tag !== undefined && !entry.tags.includes(tag))) return false;
    const name = `${entry.name} ${entry.tags.join(' ')}`.toLowerCase();
    return parts.every((part) => name.includes(part) || entry.words.includes(part));
  });
  return found.sort(trash ? (a, b) => (b.trashed ?? 0) - (a.trashed ?? 0) : orders[order]);
}

/** All tags in use, those of most graphs first. */
export function tagsOf(entries: readonly LibraryEntry[]): string[] {
  const counts = new Map<string, number>();
  for (const { tags, trashed } of entries)
    if (trashed === undefined) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || a.localeCompare(b)).map(([tag]) => tag);
}

/** "night, portrait" as tags: no empty ones, none twice. */
export const tagsFrom = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((tag) => tag.trim().slice(0, 40))
      .filter(Boolean),
  ),
];
