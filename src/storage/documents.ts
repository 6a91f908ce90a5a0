import { type Document, writeDocument } from '../core/document';
import { database } from './database';
import { journalOf, readKept, settleLeft, transact } from './desk/records';
import { entryOf, type LibraryEntry } from './entry';

/** What short lists need to know of a kept graph. */
export type DocumentEntry = Pick<LibraryEntry, 'id' | 'name' | 'changed'>;

const graphStores = ['documents', 'entries', 'journal', 'heads', 'thumbnails', 'versions'] as const;

/** Keeps a graph that nobody has open, in place of what was kept under its id. */
export async function keepDocument(document: Document, more: Partial<Pick<LibraryEntry, 'tags'>> = {}): Promise<void> {
  const [text, changed] = [writeDocument(document), Date.now()];
  const { id, name } = document;
  await transact(await database(), graphStores, async (transaction) => {
    const entries = transaction.objectStore('entries');
    const before = await entries.get(id);
    const head = await transaction.objectStore('heads').get(id);
    const n = (head?.n ?? 0) + 1;
    await transaction.objectStore('documents').put({ id, name, text, changed, n });
    await transaction.objectStore('heads').put({ id, n, writer: '' });
    await transaction.objectStore('journal').delete(journalOf(id));
    await entries.put({ ...entryOf(document, text, changed, before), ...more });
  });
}

/** All graphs that are kept, those in the trash too, last changed first. */
export async function libraryEntries(): Promise<LibraryEntry[]> {
  return (await (await database()).getAll('entries')).sort((a, b) => b.changed - a.changed);
}

/** The graphs that are kept and not in the trash, last changed first. */
export const keptDocuments = async (): Promise<LibraryEntry[]> =>
  (await libraryEntries()).filter(({ trashed }) => trashed === undefined);

/** A kept graph to its last change. Throws a `ProblemError` when what is kept can no longer be read; it stays as it is. */
export const keptDocument = async (id: string): Promise<Document | undefined> =>
  (await readKept(await database(), id))?.document;

/** Changes what the user said of a graph. */
export async function changeEntry(
  id: string,
  change: { readonly tags?: readonly string[]; readonly trashed?: number | undefined },
): Promise<void> {
  await transact(await database(), ['entries'] as const, async (transaction) => {
    const entries = transaction.objectStore('entries');
    const entry = await entries.get(id);
    if (!entry) return;
    const { trashed, ...rest } = { ...entry, ...change };
    await entries.put(trashed === undefined ? rest : { ...rest, trashed });
  });
}

/** Gives a graph that nobody has open another name. */
export async function renameKept(id: string, name: string): Promise<void> {
  const document = await keptDocument(id);
  if (document) await keepDocument({ ...document, name });
}

/** Forgets graphs with their versions and pictures, for good. */
export async function forgetDocuments(ids: readonly string[]): Promise<void> {
  await transact(await database(), graphStores, async (transaction) => {
    const versions = transaction.objectStore('versions');
    for (const id of ids) {
      for (const key of await versions.index('document').getAllKeys(id)) await versions.delete(key);
      await transaction.objectStore('journal').delete(journalOf(id));
      for (const store of ['documents', 'entries', 'heads', 'thumbnails'] as const)
        await transaction.objectStore(store).delete(id);
    }
  });
}

/** Whether a graph is kept under an id, readable or not. */
export const isKept = async (id: string): Promise<boolean> =>
  (await (await database()).getKey('documents', id)) !== undefined;

/** Writes out what a crash left in the journal of graphs that are not open. */
export async function settleJournal(
  whileFree: (id: string, work: () => Promise<void>) => Promise<unknown>,
): Promise<void> {
  await settleLeft(await database(), whileFree);
}

/** The small picture of a graph. */
export const thumbnailOf = async (id: string): Promise<Blob | undefined> =>
  (await (await database()).get('thumbnails', id))?.blob;

export async function keepThumbnail(id: string, blob: Blob): Promise<void> {
  await (await database()).put('thumbnails', { id, blob });
}
