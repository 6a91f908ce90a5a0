import 'fake-indexeddb/auto';
import { beforeAll, expect, it } from 'vitest';
import { emptyDocument } from '../core/document';
import { database } from './database';
import { keepVersion, nameVersion, superfluous, versionDocument, versionsOf } from './versions';

const hour = 3_600_000;

// Files of tests share one storage.
beforeAll(async () => {
  const db = await database();
  for (const store of db.objectStoreNames) await db.clear(store);
});

it('a version is kept once, with the name that it is given, and comes back', async () => {
  const first = emptyDocument('versioned', 'First');
  await keepVersion(first, { is: 'opened' });
  await keepVersion({ ...first, view: { at: [5, 5], zoom: 2 } }, { is: 'interval' });
  expect(await versionsOf('versioned')).toHaveLength(1);
  await keepVersion({ ...first, name: 'Second' }, { is: 'before', label: 'Delete 9 parts' });
  await keepVersion({ ...first, name: 'Second' }, { is: 'named' }, 'Good one');
  const versions = await versionsOf('versioned');
  expect(versions.map(({ name, why }) => [name, why.is])).toEqual([
    ['Good one', 'named'],
    [undefined, 'opened'],
  ]);
  expect(await versionDocument(versions[1]?.key ?? '')).toEqual(first);
  await nameVersion(versions[0]?.key ?? '', undefined);
  expect((await versionsOf('versioned'))[0]).not.toHaveProperty('name');
});

it('old versions thin out and named ones stay', () => {
  const now = 400 * 24 * hour;
  // One every ten minutes for 100 days; each thousandth has a name.
  const versions = Array.from({ length: 6 * 24 * 100 }, (_, i) => ({
    key: `v${i}`,
    at: now - (i * hour) / 6,
    ...(i % 1000 === 999 && { name: 'Kept' }),
  }));
  const gone = new Set(superfluous(versions, now));
  const left = versions.filter(({ key }) => !gone.has(key));
  expect(left.filter(({ name }) => name)).toHaveLength(14);
  const unnamed = left.filter(({ name }) => !name);
  const younger = (hours: number) => unnamed.filter(({ at }) => now - at <= hours * hour).length;
  expect(younger(1)).toBe(7);
  expect(Math.abs(younger(24) - (7 + 23))).toBeLessThanOrEqual(1);
  expect(younger(24 * 30)).toBeLessThanOrEqual(7 + 24 + 30);
  expect(unnamed.length).toBeLessThanOrEqual(7 + 24 + 30 + 4);
  expect(unnamed.at(-1)?.at).toBeLessThan(now - 80 * 24 * hour);
  // Nothing more goes when it is asked again.
  expect(superfluous(left, now)).toEqual([]);
});
