import { contentHash } from '../hub/content-hash';

/**
 * The text whose SHA-256 identifies a folder: what `sha256sum` prints for its files, sorted by path. `path` is relative
 * with forward slashes and `sha256` hexadecimal.
 */
const folderListing = (files: readonly { readonly path: string; readonly sha256: string }[]): string =>
  files
    .map(({ path, sha256 }) => `${sha256}  ${path}\n`)
    .sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1))
    .join('');

/** What graphs name a model of these files by: the hash of its one file, or of its listing. */
export function modelHash(files: readonly { readonly path: string; readonly sha256: string }[]): string {
  const [only] = files;
  if (only && files.length === 1 && !only.path.includes('/')) return `sha256:${only.sha256}`;
  const listing = contentHash();
  listing.update(new TextEncoder().encode(folderListing(files)));
  return `sha256:${listing.sha256()}`;
}
