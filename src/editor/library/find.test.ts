import { expect, it } from 'vitest';
import type { LibraryEntry } from '../../storage/entry';
import { findEntries, tagsFrom, tagsOf } from './find';

const entry = (id: number, more: Partial<LibraryEntry> = {}): LibraryEntry => ({
  id: `g${id}`,
  name: `Graph ${id}`,
  created: id,
  changed: 10_000 - id,
  tags: [],
  nodes: id,
  size: id,
  words: `prompt ${id}\ntext/prompt\nvae decode`,
  references: [],
  ...more,
});
const all = { words: '', tag: undefined, trash: false, order: 'changed' } as const;

it('2,000 graphs are searched by name, tag, prompt and node and ordered at once', () => {
  const entries = Array.from({ length: 2000 }, (_, i) => entry(i, i % 100 === 7 ? { tags: ['night'] } : {}));
  const begun = performance.now();
  for (const words of ['graph 1999', 'PROMPT 12', 'vae decode night', 'nothing of it'])
    findEntries(entries, { ...all, words });
  expect((performance.now() - begun) / 4).toBeLessThan(100);
  expect(findEntries(entries, { ...all, words: 'night decode' })).toHaveLength(20);
  expect(findEntries(entries, { ...all, tag: 'night', order: 'name' })[1]?.name).toBe('Graph 107');
  expect(findEntries(entries, { ...all, order: 'size' })[0]?.id).toBe('g1999');
});

it('the trash is apart, last thrown away first', () => {
  const entries = [entry(1, { trashed: 1 }), entry(2), entry(3, { trashed: 2, tags: ['old'] })];
  expect(findEntries(entries, { ...all, trash: true }).map(({ id }) => id)).toEqual(['g3', 'g1']);
  expect(findEntries(entries, all).map(({ id }) => id)).toEqual(['g2']);
  expect(tagsOf(entries)).toEqual([]);
  expect(tagsFrom(' night, ,sea,night')).toEqual(['night', 'sea']);
});
