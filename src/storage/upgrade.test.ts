import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { type IDBPDatabase, openDB } from 'idb';
import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import { emptyDocument, writeDocument } from '../core/document';

/** The storage as older Wefts made it. Nothing here follows the program: it is what browsers hold. */
const steps: readonly ((db: IDBPDatabase) => void)[] = [
  (db) => {
    db.createObjectStore('documents', { keyPath: 'id' }).createIndex('changed', 'changed');
    db.createObjectStore('files', { keyPath: 'sha256' });
  },
  (db) => {
    db.createObjectStore('models', { keyPath: 'hash' });
    db.createObjectStore('downloads', { keyPath: 'id' });
  },
  (db) => {
    db.createObjectStore('subgraphs', { keyPath: 'id' });
  },
  (db) => {
    db.createObjectStore('runs', { keyPath: 'id' });
    db.createObjectStore('pictures', { keyPath: 'id' }).createIndex('run', 'run');
    db.createObjectStore('pictureFiles', { keyPath: 'id' });
  },
];

const older = (version: number) =>
  openDB('weft', version, {
    upgrade(db) {
      for (const step of steps.slice(0, version)) step(db as unknown as IDBPDatabase);
    },
  });

const usual = globalThis.indexedDB;
afterAll(() => {
  globalThis.indexedDB = usual;
  vi.resetModules();
});

beforeEach(() => {
  vi.resetModules();
  globalThis.indexedDB = new IDBFactory();
});

it.each([1, 2, 3, 4])('what a storage of version %i holds is there after the upgrade', async (version) => {
  const graph = {
    ...emptyDocument('old', 'Old graph'),
    nodes: [
      { id: 'p', type: 'text/prompt', version: 1, at: [0, 0] as [number, number], params: { text: 'A Windmill' } },
    ],
  };
  const db = await older(version);
  const records: Record<string, object> = {
    documents: { id: 'old', name: 'Old graph', text: writeDocument(graph), changed: 7 },
    files: { sha256: 'ab', blob: 'bytes' },
    ...(version >= 2 && { models: { hash: 'sha256:cd', name: 'm' }, downloads: { id: 'd' } }),
    ...(version >= 3 && { subgraphs: { id: 's', text: 'x' } }),
    ...(version >= 4 && { runs: { id: 'r' }, pictures: { id: 'q', run: 'r' }, pictureFiles: { id: 'q' } }),
  };
  for (const [store, record] of Object.entries(records)) await db.put(store, record);
  await db.put('documents', { id: 'torn', name: 'Torn', text: '{"format": "weft"', changed: 8 });
  db.close();

  const { database } = await import('./database');
  const { keptDocument, keptDocuments } = await import('./documents');
  const now = await database();
  for (const [store, record] of Object.entries(records))
    expect(await now.getAll(store as 'models')).toContainEqual(record);
  expect(await keptDocument('old')).toEqual(graph);
  const entries = await keptDocuments();
  expect(entries.map(({ name, changed }) => [name, changed])).toEqual([
    ['Torn', 8],
    ['Old graph', 7],
  ]);
  expect(entries[1]).toMatchObject({ nodes: 1, tags: [] });
  expect(entries[1]?.words).toContain('a windmill');
  await expect(keptDocument('torn')).rejects.toThrow('not JSON');
});

it('an older Weft in another tab that does not let go is told of, and waited for', async () => {
  const held = await older(4);
  const { database, watchBlocked } = await import('./database');
  const told: (string | undefined)[] = [];
  watchBlocked((problem) => told.push(problem?.problem.what));
  const opening = database();
  await vi.waitFor(() => expect(told[0]).toContain('An older Weft is open in another tab'));
  held.close();
  await opening;
  expect(told.at(-1)).toBeUndefined();
});

it('a newer Weft in another tab gets the storage, and this one says what to do', async () => {
  const { database } = await import('./database');
  const { createDesk } = await import('./desk/desk');
  const told: (string | undefined)[] = [];
  const desk = createDesk({
    open: database,
    locks: undefined,
    channel: undefined,
    pause: 100_000,
    onTrouble: (problem) => told.push(problem?.message),
  });
  const document = emptyDocument('mine', 'Mine');
  desk.adopt(document);
  await desk.flush();
  const newer = await openDB('weft', 99);
  desk.keep({ ...document, name: 'Still here' });
  await desk.flush();
  expect(told[0]).toContain('A newer Weft was opened in another tab');
  expect(told[0]).toContain('Save this graph to a file');
  expect(desk.current('mine')?.name).toBe('Still here');
  newer.close();
  desk.stop();
});
