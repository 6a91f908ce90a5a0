import 'fake-indexeddb/auto';
import { beforeAll, describe, expect, it } from 'vitest';
import { emptyDocument } from '../core/document';
import { database } from './database';
import { changeEntry, forgetDocuments, keepDocument, keptDocument, keptDocuments, libraryEntries } from './documents';
import { fileName, keepFile, keptFile } from './files';

// Files of tests share one storage.
beforeAll(async () => {
  const db = await database();
  for (const store of db.objectStoreNames) await db.clear(store);
});

describe('graphs in this browser', () => {
  it('come back as they were kept, last changed first', async () => {
    const first = emptyDocument('first', 'First');
    await keepDocument(first);
    await keepDocument(emptyDocument('second', 'Second'));
    await keepDocument({ ...first, name: 'First again' });
    const names = (await keptDocuments()).map(({ name }) => name);
    expect(new Set(names)).toEqual(new Set(['First again', 'Second']));
    expect(await keptDocument('first')).toEqual({ ...first, name: 'First again' });
    await changeEntry('first', { trashed: 1 });
    expect((await keptDocuments()).map(({ id }) => id)).toEqual(['second']);
    expect(await keptDocument('first')).toEqual({ ...first, name: 'First again' });
    await changeEntry('first', { trashed: undefined, tags: ['night'] });
    expect((await keptDocuments()).find(({ id }) => id === 'first')).toMatchObject({ tags: ['night'] });
    await forgetDocuments(['first']);
    expect(await keptDocument('first')).toBeUndefined();
    expect((await libraryEntries()).map(({ id }) => id)).toEqual(['second']);
  });

  it('that cannot be read are refused with a sentence and stay as they are', async () => {
    const record = { id: 'torn', name: 'Torn', text: '{"format": "weft"', changed: 1 };
    await (await database()).put('documents', record);
    await expect(keptDocument('torn')).rejects.toThrow('not JSON');
    expect(await (await database()).get('documents', 'torn')).toEqual(record);
  });
});

describe('files in this browser', () => {
  it('are found by the SHA-256 of their bytes', async () => {
    // FIPS 180-2, appendix B.1: the digest of "abc".
    const reference = await keepFile(new Blob(['abc']), 'a/b.png');
    expect(reference).toBe('sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad/a-b.png');
    expect(await (await keptFile(reference))?.text()).toBe('abc');
    expect(fileName(reference)).toBe('a-b.png');
  });

  it('that were never kept are undefined', async () => {
    expect(await keptFile(`sha256:${'0'.repeat(64)}/x.png`)).toBeUndefined();
    expect(await keptFile('x.png')).toBeUndefined();
  });
});
