import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { DownloadRecord } from './hub/download-record';
import type { ModelEntry } from './models/model-entry';
import type { PictureFiles, PictureRecord, RunRecord } from './run-record';

/** A graph as it is kept in this browser. */
export interface KeptDocument {
  readonly id: string;
  readonly name: string;
  /** What `writeDocument` wrote: the same bytes as the file that Save makes. */
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly changed: number;
}

interface KeptFile {
  /** Hexadecimal, of the bytes. */
  readonly sha256: string;
  readonly blob: Blob;
}

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
}

let opened: Promise<IDBPDatabase<Schema>> | undefined;

/** The one database of this browser. Every write is one `put` or one transaction, so a record is whole or not there. */
export function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>('weft', 4, {
    upgrade(db, before) {
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
    },
    // A newer Weft in another tab waits for this one to let go.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    terminated() {
      opened = undefined;
    },
  });
  return opened;
}
