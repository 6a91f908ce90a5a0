import { database } from '../database';
import type { DocumentEntry } from '../documents';

/** Which kept graphs name which model, by the model's hash. */
export async function modelUses(): Promise<ReadonlyMap<string, readonly DocumentEntry[]>> {
  const uses = new Map<string, DocumentEntry[]>();
  const db = await database();
  for (const { id, name, changed, text } of await db.getAll('documents'))
    for (const hash of new Set(text.match(/\bsha256:[0-9a-f]{64}\b/g)))
      uses.set(hash, [...(uses.get(hash) ?? []), { id, name, changed }]);
  return uses;
}
