import { type Document, limits, parseDocument } from '../core/document';
import { ProblemError } from '../core/problem';

/** What the fragment of an address that holds a graph begins with. A fragment is never sent to a server. */
const prefix = '#graph=';

/** Characters of an address that are read; above what any browser opens. */
const LONGEST = 2 ** 21;

const through = async (
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  most: number,
) => {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > most) {
      // Whoever packed a megabyte of zeros into a link is not waited for.
      void reader.cancel().catch(() => {});
      throw new ProblemError({ what: `The graph in this link is larger than ${most / 2 ** 20} MB.` });
    }
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer());
};

/** RFC 4648, section 5, without padding. */
function base64url(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** A graph as the fragment of an address: its JSON, deflated (RFC 1951), in base64url. */
export async function linkOf(document: Document): Promise<string> {
  const json = new TextEncoder().encode(JSON.stringify(document));
  return prefix + base64url(await through(json, new CompressionStream('deflate-raw'), limits.bytes));
}

/** True for a fragment that holds a graph, whether or not it can be read. */
const holdsGraph = (fragment: string): boolean => fragment.startsWith(prefix);

/** The graph that a fragment holds. Throws a `ProblemError` that says what is wrong with it; nothing else is thrown. */
export async function documentOfLink(fragment: string): Promise<Document> {
  const cure = 'Ask for the link again, or for the graph as a file.';
  if (!holdsGraph(fragment)) throw new ProblemError({ what: 'There is no graph in this link.', cure });
  if (fragment.length > LONGEST)
    throw new ProblemError({ what: 'This link is longer than two million characters.', cure });
  let text: string;
  try {
    const packed = atob(fragment.slice(prefix.length).replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(packed, (character) => character.charCodeAt(0));
    const json = await through(bytes, new DecompressionStream('deflate-raw'), limits.bytes);
    text = new TextDecoder('utf-8', { fatal: true }).decode(json);
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause;
    throw new ProblemError({ what: 'The graph in this link is damaged or cut off.', cure }, { cause });
  }
  return parseDocument(text);
}
