import { database } from './database';

const hexadecimal = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** `sha256:<hex>/<name>`, as graphs refer to a file. */
const pattern = /^sha256:([0-9a-f]{64})\/(.+)$/;

/** Keeps a file by the hash of its bytes and tells how graphs refer to it. The same bytes are kept once. */
export async function keepFile(blob: Blob, name: string): Promise<string> {
  const sha256 = hexadecimal(new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer())));
  await (await database()).put('files', { sha256, blob });
  return `sha256:${sha256}/${name.replaceAll('/', '-') || 'file'}`;
}

/** The file that a graph refers to, or undefined when it is not in this browser. */
export async function keptFile(reference: string): Promise<Blob | undefined> {
  const sha256 = pattern.exec(reference)?.[1];
  return sha256 === undefined ? undefined : (await (await database()).get('files', sha256))?.blob;
}

/** The name in a reference, for people. */
export const fileName = (reference: string): string => pattern.exec(reference)?.[2] ?? reference;
