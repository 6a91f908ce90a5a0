import { embeddingName, mentions, type NamedEmbedding } from '../../core/named-embedding';
import { modelEntries } from '../../storage/models/library';
import { referenceTo } from '../../storage/models/model-entry';
import { builtIn } from './built-in';

/** Those that come with the app and those of this browser's library, as far as the graph has their names. */
export async function namedEmbeddings(document: string): Promise<NamedEmbedding[]> {
  const own = builtIn
    .filter(({ kinds }) => kinds.includes('embedding'))
    .map(({ value }) => ({ name: value.split('/').at(-1) ?? value, reference: value, key: value }));
  // Private windows of some browsers have no storage: then there is no library.
  const entries = await modelEntries().catch(() => []);
  const kept = entries
    .filter(({ kind }) => kind === 'embedding')
    .map((entry) => ({ name: embeddingName(entry.name), reference: referenceTo(entry), key: entry.hash }));
  return [...own, ...kept].filter(({ name }) => mentions(document, name));
}
