import { folderListing } from '../../core/model-reference';
import { contentHash } from '../hub/content-hash';

/** What graphs name a model of these files by: the hash of its one file, or of its listing. */
export function modelHash(files: readonly { readonly path: string; readonly sha256: string }[]): string {
  const [only] = files;
  if (only && files.length === 1 && !only.path.includes('/')) return `sha256:${only.sha256}`;
  const listing = contentHash();
  listing.update(new TextEncoder().encode(folderListing(files)));
  return `sha256:${listing.sha256()}`;
}
