import 'fake-indexeddb/auto';
import { beforeAll, describe, expect, it } from 'vitest';
import { database } from './database';
import type { PictureRecord, RunRecord } from './run-record';
import { beyond, deletePictures, keepRun, keptPictures, keptRun, pictureFiles, starPicture } from './runs';

const runOf = (id: string, at: number): RunRecord => ({
  id,
  at,
  graph: '{}',
  graphId: 'g',
  name: 'G',
  device: 'CPU',
  version: '0.1.0',
  outcome: 'done',
  milliseconds: 5,
  models: [],
  nodes: [],
});

const pictureOf = (run: string, order: number, at: number, more: Partial<PictureRecord> = {}): PictureRecord => ({
  id: `${run}-${order}`,
  run,
  at,
  order,
  node: 'preview',
  index: order,
  labels: [],
  seeds: [],
  graphId: 'g',
  name: 'G',
  models: [],
  prompt: '',
  text: '',
  width: 1,
  height: 1,
  sha256: '',
  bytes: 10,
  starred: false,
  ...more,
});

const kept = (record: PictureRecord) => ({ record, files: { id: record.id, png: new Blob([record.id]) } });

// Files of tests share one storage.
beforeAll(async () => {
  const db = await database();
  for (const store of db.objectStoreNames) await db.clear(store);
});

describe('the history of runs', () => {
  it('lists pictures newest first and gives their bytes and runs', async () => {
    await keepRun(runOf('old', 1), [kept(pictureOf('old', 0, 1))]);
    await keepRun(runOf('new', 2), [kept(pictureOf('new', 1, 2)), kept(pictureOf('new', 0, 2))]);
    expect((await keptPictures()).map(({ id }) => id)).toEqual(['new-0', 'new-1', 'old-0']);
    expect(await (await pictureFiles('new-1'))?.png.text()).toBe('new-1');
    expect(await keptRun('old')).toEqual(runOf('old', 1));
  });

  it('deletes pictures, and runs that have none left, and brings them back as they were', async () => {
    await starPicture('new-0', true);
    const before = await keptPictures();
    const bringBack = await deletePictures(['new-0', 'old-0', 'nothing']);
    expect((await keptPictures()).map(({ id }) => id)).toEqual(['new-1']);
    expect(await keptRun('old')).toBeUndefined();
    expect(await keptRun('new')).toBeDefined();
    await bringBack();
    expect(await keptPictures()).toEqual(before);
    expect(await keptRun('old')).toEqual(runOf('old', 1));
    expect(await (await pictureFiles('old-0'))?.png.text()).toBe('old-0');
  });

  it('is written as a whole or not at all', async () => {
    const before = await keptPictures();
    const torn = kept(pictureOf('torn', 1, 9));
    // What cannot be cloned is refused by the database in the middle of the transaction.
    const broken = { ...torn, files: { ...torn.files, png: (() => {}) as unknown as Blob } };
    await expect(keepRun(runOf('torn', 9), [kept(pictureOf('torn', 0, 9)), broken])).rejects.toThrow();
    expect(await keptPictures()).toEqual(before);
    expect(await keptRun('torn')).toBeUndefined();
  });

  it('goes oldest first where there is too much of it, and never what has a star', () => {
    const pictures = [5, 4, 3, 2, 1].map((at) => pictureOf(`r${at}`, 0, at, { starred: at === 1 || at === 3 }));
    const going = (limits: { pictures: number; bytes: number }) => beyond(pictures, limits).map(({ at }) => at);
    expect(going({ pictures: 5, bytes: 50 })).toEqual([]);
    expect(going({ pictures: 4, bytes: 1000 })).toEqual([2]);
    expect(going({ pictures: 100, bytes: 30 })).toEqual([2, 4]);
    expect(going({ pictures: 0, bytes: 0 })).toEqual([2, 4, 5]);
  });
});
