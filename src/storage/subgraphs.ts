import { type Document, parseDocument, writeDocument } from '../core/document';
import { database } from './database';

/** A subgraph of the user's own palette: a graph with one instance of it. */
export interface KeptSubgraph {
  readonly id: string;
  readonly excerpt: Document;
}

/** Keeps a subgraph in this browser, for all graphs; in place of what was kept under the id. */
export async function keepSubgraph({ id, excerpt }: KeptSubgraph): Promise<void> {
  await (await database()).put('subgraphs', { id, text: writeDocument(excerpt) });
}

/** The subgraphs that are kept. One that can no longer be read is left out, and stays as it is. */
export async function keptSubgraphs(): Promise<KeptSubgraph[]> {
  const records = await (await database()).getAll('subgraphs');
  return records.flatMap(({ id, text }) => {
    try {
      return [{ id, excerpt: parseDocument(text) }];
    } catch {
      return [];
    }
  });
}

/** Forgets one. What it resolves to brings it back. */
export async function forgetSubgraph(id: string): Promise<() => Promise<void>> {
  const db = await database();
  const record = await db.get('subgraphs', id);
  await db.delete('subgraphs', id);
  return async () => {
    if (record) await (await database()).put('subgraphs', record);
  };
}
