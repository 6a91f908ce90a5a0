import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { ProblemError } from '../core/problem';
import type { Delta } from './desk/delta';
import { entryFromText, type LibraryEntry } from './entry';
import type { DownloadRecord } from './hub/download-record';
import type { ModelEntry } from './models/model-entry';
import type { PictureFiles, PictureRecord, RunRecord } from './run-record';

/** A graph as it is kept in this browser. What was done since then is in the journal. */
export interface KeptDocument {
  readonly id: string;
  readonly name: string;
  /** What `writeDocument` wrote: the same bytes as the file that Save makes. */
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly changed: number;
  /** The number of the last change that is in the text. */
  readonly n?: number;
}

interface KeptFile {
  /** Hexadecimal, of the bytes. */
  readonly sha256: string;
  readonly blob: Blob;
}

/** One change of a graph; numbers of a graph's changes have no gaps. */
export interface JournalRecord {
  readonly id: string;
  readonly n: number;
  readonly delta: Delta;
  readonly at: number;
}

/** How far a graph's changes go, and the page that may write the next one. */
export interface HeadRecord {
  readonly id: string;
  readonly n: number;
  readonly writer: string;
}

/** A graph as it was at some time. */
export interface VersionRecord {
  readonly key: string;
  /** The graph's id. */
  readonly document: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Given by the user; such a version stays. */
  readonly name?: string;
  /** Why it was kept, for those without a name. */
  readonly why: VersionReason;
  readonly nodes: number;
  readonly text: string;
}
export type VersionReason =
  /** As it was when it was opened. */
  | { readonly is: 'opened' }
  /** Some time had passed. */
  | { readonly is: 'interval' }
  /** Before a gesture that changed much. */
  | { readonly is: 'before'; readonly label: string }
  | { readonly is: 'restore' }
  | { readonly is: 'named' };

export interface Schema extends DBSchema {
  documents: { key: string; value: KeptDocument; indexes: { changed: number } };
  files: { key: string; value: KeptFile };
  models: { key: string; value: ModelEntry };
  downloads: { key: string; value: DownloadRecord };
  /** The user's own palette; `text` is what `writeDocument` wrote. */
  subgraphs: { key: string; value: { readonly id: string; readonly text: string } };
  /** Runs that made pictures. */
  runs: { key: string; value: RunRecord };
  /** What is known of each picture, apart from its bytes, so that thousands are listed without reading any. */
  pictures: { key: string; value: PictureRecord; indexes: { run: string } };
  pictureFiles: { key: string; value: PictureFiles };
  /** What lists say of the documents. */
  entries: { key: string; value: LibraryEntry };
  journal: { key: [id: string, n: number]; value: JournalRecord };
  heads: { key: string; value: HeadRecord };
  versions: { key: string; value: VersionRecord; indexes: { document: string } };
  /** The last picture of a graph, small. */
  thumbnails: { key: string; value: { readonly id: string; readonly blob: Blob } };
}

/** What stands in the way of the database, for those who show it; called again with undefined when it is out of the way. */
let onBlocked: ((what: ProblemError | undefined) => void) | undefined;
export const watchBlocked = (watcher: typeof onBlocked): void => {
  onBlocked = watcher;
};

const blockedByOlder = () =>
  new ProblemError({
    what: 'An older Weft is open in another tab and holds the storage of this browser.',
    cure: 'Close the other tabs of Weft; what you do here is kept as soon as they are gone.',
  });

const replacedByNewer = () =>
  new ProblemError({
    what: 'A newer Weft was opened in another tab and has taken over the storage of this browser.',
    cure: 'Save this graph to a file, then reload this page.',
  });

let opened: Promise<IDBPDatabase<Schema>> | undefined;
let atHand: IDBPDatabase<Schema> | undefined;

/** The database, where it is open already: what is to be written is then sent in the same task. */
export const openDatabase = (): IDBPDatabase<Schema> | undefined => atHand;

/** The one database of this browser. Every write is one transaction, so it is whole or not there. */
export function database(): Promise<IDBPDatabase<Schema>> {
  if (opened) return opened;
  const opening = openDB<Schema>('weft', 5, {
    async upgrade(db, before, _after, transaction) {
      if (before < 1) {
        db.createObjectStore('documents', { keyPath: 'id' }).createIndex('changed', 'changed');
        db.createObjectStore('files', { keyPath: 'sha256' });
      }
      if (before < 2) {
        db.createObjectStore('models', { keyPath: 'hash' });
        db.createObjectStore('downloads', { keyPath: 'id' });
      }
      if (before < 3) db.createObjectStore('subgraphs', { keyPath: 'id' });
      if (before < 4) {
        db.createObjectStore('runs', { keyPath: 'id' });
        db.createObjectStore('pictures', { keyPath: 'id' }).createIndex('run', 'run');
        db.createObjectStore('pictureFiles', { keyPath: 'id' });
      }
      if (before < 5) {
        db.createObjectStore('entries', { keyPath: 'id' });
        db.createObjectStore('journal', { keyPath: ['id', 'n'] });
        db.createObjectStore('heads', { keyPath: 'id' });
        db.createObjectStore('versions', { keyPath: 'key' }).createIndex('document', 'document');
        db.createObjectStore('thumbnails', { keyPath: 'id' });
        const entries = transaction.objectStore('entries');
        let cursor = await transaction.objectStore('documents').openCursor();
        for (; cursor; cursor = await cursor.continue()) await entries.put(entryFromText(cursor.value));
      }
    },
    blocked: () => onBlocked?.(blockedByOlder()),
    // A newer Weft in another tab waits for this one to let go; what is being written is finished first.
    blocking(_current, _wanted, event) {
      (event.target as IDBDatabase).close();
      opened = undefined;
      atHand = undefined;
    },
    terminated() {
      opened = undefined;
      atHand = undefined;
    },
  }).then(
    (db) => {
      onBlocked?.(undefined);
      atHand = db;
      return db;
    },
    (thrown) => {
      opened = undefined;
      throw (thrown as DOMException)?.name === 'VersionError' ? replacedByNewer() : thrown;
    },
  );
  opened = opening;
  return opening;
}
