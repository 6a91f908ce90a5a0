import { type Document, parseDocument, writeDocument } from '../core/document';
import { database } from './database';

/** What a list of kept graphs needs to know of one. */
export interface DocumentEntry {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly changed: number;
}

/** Keeps a graph under its id, in place of what was kept there. */
export async function keepDocument(document: Document): Promise<void> {
  const record = { id: document.id, name: document.name, text: writeDocument(document), changed: Date.now() };
  await (await database()).put('documents', record);
}

/** The graphs that are kept, last changed first. */
export async function keptDocuments(): Promise<DocumentEntry[]> {
  const entries: DocumentEntry[] = [];
  const db = await database();
  let cursor = await db.transaction('documents').store.index('changed').openCursor(null, 'prev');
  for (; cursor; cursor = await cursor.continue()) {
    const { id, name, changed } = cursor.value;
    entries.push({ id, name, changed });
  }
  return entries;
}

/** A kept graph. Throws a `ProblemError` when what is kept can no longer be read; the record stays as it is. */
export async function keptDocument(id: string): Promise<Document | undefined> {
  const record = await (await database()).get('documents', id);
  return record && parseDocument(record.text);
}

/** Forgets a graph. What it resolves to brings it back as it was, readable or not. */
export async function forgetDocument(id: string): Promise<() => Promise<void>> {
  const db = await database();
  const record = await db.get('documents', id);
  await db.delete('documents', id);
  return async () => {
    if (record) await (await database()).put('documents', record);
  };
}
