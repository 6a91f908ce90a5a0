import { type DocumentEntry, keptDocuments } from '../documents';

/** Which kept graphs name which model, by the model's hash. */
export async function modelUses(): Promise<ReadonlyMap<string, readonly DocumentEntry[]>> {
  const uses = new Map<string, DocumentEntry[]>();
  for (const entry of await keptDocuments())
    for (const sha256 of entry.references) {
      const hash = `sha256:${sha256}`;
      uses.set(hash, [...(uses.get(hash) ?? []), entry]);
    }
  return uses;
}
