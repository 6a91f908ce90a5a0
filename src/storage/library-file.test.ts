import 'fake-indexeddb/auto';
import { unzipSync, zipSync } from 'fflate';
import { beforeAll, expect, it } from 'vitest';
import { type Document, emptyDocument } from '../core/document';
import { database } from './database';
import { changeEntry, keepDocument, keptDocument, libraryEntries } from './documents';
import { keepFile, keptFile } from './files';
import { exportLibrary, importLibrary } from './library-file';
import { keepSubgraph, keptSubgraphs } from './subgraphs';
import { keepVersion, versionsOf } from './versions';

const graph = (id: string, name: string): Document => ({
  ...emptyDocument(id, name),
  nodes: [{ id: 'prompt', type: 'text/prompt', version: 1, at: [0, 0], params: { text: `${name}, größer` } }],
});

async function emptied() {
  const db = await database();
  for (const store of db.objectStoreNames) await db.clear(store);
}

// Files of tests share one storage.
beforeAll(emptied);

it('a library that is saved and taken in elsewhere is the same, and taken in twice adds nothing', async () => {
  await keepDocument(graph('one', 'One'), { tags: ['night'] });
  await keepDocument(graph('two', 'Two'));
  await changeEntry('two', { trashed: 5 });
  await keepVersion(graph('one', 'Before'), { is: 'named' }, 'First try');
  const reference = await keepFile(new Blob(['abc'], { type: 'image/png' }), 'a.png');
  await keepSubgraph({ id: 'mine', excerpt: graph('mine', 'Mine') });
  const run = {
    id: 'r',
    at: 1,
    graph: '',
    graphId: 'one',
    name: 'One',
    device: '',
    version: '',
    outcome: 'done',
  } as const;
  await (await database()).put('runs', { ...run, milliseconds: 1, models: [], nodes: [] });
  const file = await exportLibrary({ runs: true });

  await emptied();
  const copyName = (name: string) => `${name}, imported`;
  expect(await importLibrary(file, copyName)).toMatchObject({
    graphs: 2,
    beside: 0,
    versions: 1,
    files: 1,
    subgraphs: 1,
    runs: 1,
    refused: [],
  });
  expect(await keptDocument('one')).toEqual(graph('one', 'One'));
  const entries = new Map((await libraryEntries()).map((entry) => [entry.id, entry]));
  expect([entries.get('one')?.tags, entries.get('two')?.trashed]).toEqual([['night'], 5]);
  expect((await versionsOf('one'))[0]).toMatchObject({ name: 'First try' });
  expect(await (await keptFile(reference))?.text()).toBe('abc');
  expect(await keptSubgraphs()).toHaveLength(1);
  const again = await importLibrary(file, copyName);
  expect(again).toMatchObject({ graphs: 0, beside: 0, same: 2, versions: 0, files: 0, subgraphs: 0, runs: 0 });

  // What differs is kept beside what is here.
  await keepDocument(graph('one', 'Changed here'));
  expect(await importLibrary(file, copyName)).toMatchObject({ graphs: 0, beside: 1, same: 1 });
  expect(await keptDocument('one')).toEqual(graph('one', 'Changed here'));
  expect((await libraryEntries()).map(({ name }) => name).sort()).toEqual(['Changed here', 'One, imported', 'Two']);
  expect(await importLibrary(file, copyName)).toMatchObject({ graphs: 0, beside: 0, same: 2 });
});

it('a library whose files another program packed anew with compression is taken in, without those that are damaged', async () => {
  await emptied();
  await keepDocument(graph('one', 'One '.repeat(40)));
  await keepDocument(graph('two', 'Two '.repeat(40)));
  const plain = new Uint8Array(await (await exportLibrary({ runs: false })).arrayBuffer());
  const kept = [await keptDocument('one'), await keptDocument('two')];
  const packed = zipSync(unzipSync(plain), { level: 9 });
  expect(packed.length).toBeLessThan(plain.length / 2);
  await emptied();
  expect(await importLibrary(new Blob([packed]), String)).toMatchObject({ graphs: 2, refused: [] });
  expect([await keptDocument('one'), await keptDocument('two')]).toEqual(kept);

  await emptied();
  const text = new TextDecoder('latin1').decode(packed);
  packed[text.indexOf('graphs/two.weft.json') + 40] = 0xff;
  const { graphs, refused } = await importLibrary(new Blob([packed]), String);
  expect([graphs, refused]).toEqual([1, [expect.stringMatching(/^graphs\/two: .*damaged/)]]);
});

it('a file that is no library is refused with what would do', async () => {
  const copyName = (name: string) => name;
  await expect(importLibrary(new Blob(['no zip at all, but long enough to be one']), copyName)).rejects.toThrow(
    'it is no zip archive',
  );
  const { writeZip } = await import('../formats/zip-write');
  const other = await writeZip([{ name: 'library.json', bytes: new Blob(['{"format":"other"}']) }]);
  await expect(importLibrary(other, copyName)).rejects.toThrow('This file is not a library of Weft');
});
