import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import { checkDocument, type Document, parseDocument, writeDocument } from '../../core/document';
import type { Schema } from '../database';
import { entryOf } from '../entry';
import { type Delta, isOnlyView, withDelta } from './delta';

type Database = IDBPDatabase<Schema>;
type Stores = readonly StoreNames<Schema>[];

/** A graph as it is kept, and the number of its last change. */
export interface Numbered {
  readonly document: Document;
  readonly n: number;
  /** Changes in the journal that are not in its text. */
  readonly appended: number;
}

/** Thrown when another page has taken the graph over, or has written more of it than this one knows. */
export class Outrun extends Error {
  override readonly name = 'Outrun';
}

/**
 * All of `work` or nothing of it, on the disk when it resolves: the browser is asked to wait for it. `work` may await nothing but
 * requests of the transaction.
 */
export async function transact<T, S extends Stores>(
  db: Database,
  stores: S,
  work: (transaction: IDBPTransaction<Schema, [...S], 'readwrite'>) => Promise<T>,
): Promise<T> {
  const transaction = db.transaction([...stores] as [...S], 'readwrite', { durability: 'strict' });
  const done = transaction.done;
  // Its reason is thrown below; here it only must not count as unhandled.
  done.catch(() => {});
  try {
    const result = await work(transaction);
    await done;
    return result;
  } catch (thrown) {
    try {
      transaction.abort();
    } catch {
      // It is over already.
    }
    // The transaction's own reason says more than that a request of it was aborted.
    const reason = await done.then(
      () => undefined,
      (cause: unknown) => cause,
    );
    throw thrown instanceof DOMException && thrown.name === 'AbortError' && reason ? reason : thrown;
  }
}

/** Requests that are not awaited one by one: the transaction fails with them. */
const sent = (request: Promise<unknown>): void => void request.catch(() => {});

/** The keys of a graph's changes. */
export const journalOf = (id: string) => IDBKeyRange.bound([id, 0], [id, Number.POSITIVE_INFINITY]);

const allStores = ['documents', 'entries', 'journal', 'heads'] as const;

async function replayed(
  id: string,
  {
    documents,
    journal,
  }: {
    readonly documents: { get(id: string): Promise<{ readonly text: string; readonly n?: number } | undefined> };
    readonly journal: {
      getAll(range: IDBKeyRange): Promise<readonly { readonly n: number; readonly delta: Delta }[]>;
    };
  },
): Promise<Numbered | undefined> {
  const [record, changes] = await Promise.all([documents.get(id), journal.getAll(journalOf(id))]);
  if (!record) return undefined;
  let [document, n] = [parseDocument(record.text), record.n ?? 0];
  const whole = document;
  for (const change of changes) {
    if (change.n <= n) continue;
    if (change.n !== n + 1) break;
    document = withDelta(document, change.delta);
    n = change.n;
  }
  return { document: document === whole ? whole : checkDocument(document), n, appended: n - (record.n ?? 0) };
}

/** What is kept of a graph, to its last change. Throws a `ProblemError` when it cannot be read; what is kept stays as it is. */
export async function readKept(db: Database, id: string): Promise<Numbered | undefined> {
  const transaction = db.transaction(['documents', 'journal'] as const);
  const [documents, journal] = [transaction.objectStore('documents'), transaction.objectStore('journal')];
  return replayed(id, { documents, journal });
}

/** The same, and from now on nobody but `writer` can change it. */
export const claimKept = (db: Database, id: string, writer: string): Promise<Numbered | undefined> =>
  transact(db, ['documents', 'journal', 'heads'] as const, async (transaction) => {
    const [documents, journal] = [transaction.objectStore('documents'), transaction.objectStore('journal')];
    const found = await replayed(id, { documents, journal });
    if (found) await transaction.objectStore('heads').put({ id, n: found.n, writer });
    return found;
  });

interface Order {
  readonly id: string;
  /** The number of the last change that the writer knows. */
  readonly n: number;
  readonly writer: string;
  readonly at: number;
}

/** Appends one change. It is sent in one go, so that little time passes in which a crash could lose it. */
export const appendChange = (db: Database, { id, n, writer, at }: Order, delta: Delta): Promise<void> =>
  transact(db, ['journal', 'heads'] as const, async (transaction) => {
    const heads = transaction.objectStore('heads');
    const head = heads.get(id);
    // Where the next request cannot even be made, nobody waits for this one.
    sent(head);
    sent(transaction.objectStore('journal').put({ id, n: n + 1, delta, at }));
    sent(heads.put({ id, n: n + 1, writer }));
    const found = await head;
    if (found?.writer !== writer || found.n !== n) throw new Outrun();
  });

/** Writes all of a graph in place of its text and its changes so far. A graph that nobody keeps yet begins with it. */
export const writeWhole = (db: Database, { id, n, writer, at }: Order, document: Document): Promise<void> => {
  const text = writeDocument(document);
  return transact(db, allStores, async (transaction) => {
    const [heads, entries] = [transaction.objectStore('heads'), transaction.objectStore('entries')];
    const [head, before] = await Promise.all([heads.get(id), entries.get(id)]);
    if (head && (head.writer !== writer || head.n !== n)) throw new Outrun();
    const record = { id, name: document.name, text, changed: at, n: n + 1 };
    sent(transaction.objectStore('documents').put(record));
    sent(transaction.objectStore('journal').delete(journalOf(id)));
    sent(entries.put(entryOf(document, text, at, before)));
    await heads.put({ id, n: n + 1, writer });
  });
};

/** Where a graph's changes stand, for a writer that does not know whether its last one arrived. */
export const headOf = async (db: Database, id: string) => db.get('heads', id);

/**
 * Writes out the changes of graphs that nobody has open, as a crash leaves them, so that lists know them as they are.
 * `whileFree` holds a graph while it is done, or tells that somebody has it.
 */
export async function settleLeft(
  db: Database,
  whileFree: (id: string, work: () => Promise<void>) => Promise<unknown>,
): Promise<void> {
  const ids = new Set((await db.getAllKeys('journal')).map(([id]) => id));
  for (const id of ids) await whileFree(id, () => settle(db, id));
}

async function settle(db: Database, id: string): Promise<void> {
  await transact(db, allStores, async (transaction) => {
    const [documents, journal] = [transaction.objectStore('documents'), transaction.objectStore('journal')];
    const changes = await journal.getAll(journalOf(id));
    const found = await replayed(id, { documents, journal }).catch(() => undefined);
    const entries = transaction.objectStore('entries');
    const before = await entries.get(id);
    // Neither what cannot be read nor what belongs to nothing is touched.
    if (!found) return;
    const last = changes.findLast(({ delta }) => !isOnlyView(delta));
    const text = writeDocument(found.document);
    const changed = last?.at ?? before?.changed ?? Date.now();
    const record = { id, name: found.document.name, text, changed, n: found.n };
    sent(documents.put(record));
    sent(journal.delete(journalOf(id)));
    await entries.put(entryOf(found.document, text, changed, before));
  });
}
