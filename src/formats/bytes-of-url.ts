import type { ByteSource } from '../core/device';
import { checkRange } from './bytes';

/** Small reads fetch this much, so that the description of a file's tensors comes in one or two requests. */
const READ_AHEAD = 2 ** 18;

/** What one request brought: bytes from `begin` on, of a file of `size` bytes. */
interface Part {
  readonly begin: number;
  readonly bytes: Uint8Array;
  readonly size: number;
  readonly version: string | null;
}

/**
 * A file on a server, read piece by piece with range requests. Only workers may wait for an answer as this does. Throws a
 * sentence where the server refuses, sends something else than was asked for, or has another file than before.
 */
export function bytesOfUrl(url: string): ByteSource {
  const first = fetchPart(url, 0, READ_AHEAD);
  const { size, version } = first;
  let ahead = first;
  const fetchOfSame = (begin: number, end: number): Part => {
    const part = fetchPart(url, begin, end);
    if (part.size !== size || part.version !== version) {
      throw new Error(`The file at ${url} changed on the server while it was read. Open it again.`);
    }
    return part;
  };
  return {
    size,
    read(begin, end) {
      checkRange(size, begin, end);
      if (begin === end) return new Uint8Array(0);
      if (begin < ahead.begin || end > ahead.begin + ahead.bytes.length) {
        if (end - begin >= READ_AHEAD) return fetchOfSame(begin, end).bytes;
        ahead = fetchOfSame(begin, Math.min(begin + READ_AHEAD, size));
      }
      return ahead.bytes.slice(begin - ahead.begin, end - ahead.begin);
    },
  };
}

/** Bytes `begin` to `end` (exclusive), or to the end of the file where that comes first. */
function fetchPart(url: string, begin: number, end: number): Part {
  const request = new XMLHttpRequest();
  try {
    request.open('GET', url, false);
    request.responseType = 'arraybuffer';
    request.setRequestHeader('Range', `bytes=${begin}-${end - 1}`);
    request.send();
  } catch (cause) {
    throw new Error(`The server of ${url} did not answer. Check the address and the connection.`, { cause });
  }
  const { status } = request;
  if (status === 401 || status === 403) throw new Error(`The server does not let you read ${url} (${status}).`);
  if (status === 404) throw new Error(`There is no file at ${url} (404).`);
  if (status === 200) {
    throw new Error(`The server of ${url} sends files only as a whole. Download the file and open it from your disk.`);
  }
  const [, from, to, size] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(request.getResponseHeader('content-range') ?? '') ?? [];
  if (status !== 206 || from === undefined || to === undefined || size === undefined) {
    throw new Error(`The server of ${url} did not send the bytes that were asked for (${status}).`);
  }
  const bytes = new Uint8Array(request.response as ArrayBuffer);
  const last = Math.min(end, Number(size));
  if (Number(from) !== begin || Number(to) !== last - 1 || bytes.length !== last - begin) {
    throw new Error(
      `The server of ${url} sent other bytes than were asked for: ${from} to ${to}, ${bytes.length} bytes.`,
    );
  }
  return { begin, bytes, size: Number(size), version: request.getResponseHeader('etag') };
}
