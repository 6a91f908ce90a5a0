import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

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
}

let opened: Promise<IDBPDatabase<Schema>> | undefined;

/** The one database of this browser. Every write is a single `put`, so a record is whole or not there. */
export function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>('weft', 1, {
    upgrade(db) {
      db.createObjectStore('documents', { keyPath: 'id' }).createIndex('changed', 'changed');
      db.createObjectStore('files', { keyPath: 'sha256' });
    },
    terminated() {
      opened = undefined;
    },
  });
  return opened;
}
