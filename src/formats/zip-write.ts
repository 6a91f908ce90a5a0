import { ProblemError } from '../core/problem';
import { crc32 } from './crc32';

/** A file of an archive that is to be written. */
export interface NewMember {
  /** Its path, with forward slashes. */
  readonly name: string;
  readonly bytes: Blob;
}

const largest = 0xffffffff;

/** 1 January 1980, the first day that the format knows: the same files make the same archive. */
const date = 0x0021;

/** Names are in UTF-8 (APPNOTE.TXT, appendix D). */
const utf8 = 0x0800;

async function checksum(blob: Blob): Promise<number> {
  let crc = 0;
  const reader = blob.stream().getReader();
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read())
    if (value) crc = crc32(value, crc);
  return crc;
}

function fields(...values: readonly (readonly [bytes: 2 | 4, value: number])[]): Uint8Array<ArrayBuffer> {
  const out = new DataView(new ArrayBuffer(values.reduce((sum, [bytes]) => sum + bytes, 0)));
  let at = 0;
  for (const [bytes, value] of values) {
    if (bytes === 2) out.setUint16(at, value, true);
    else out.setUint32(at, value, true);
    at += bytes;
  }
  return new Uint8Array(out.buffer);
}

/**
 * A zip archive of files as they are, without compression (APPNOTE.TXT 4.3). The files are not copied into memory. Throws a
 * `ProblemError` beyond 4 GB.
 */
export async function writeZip(members: readonly NewMember[]): Promise<Blob> {
  const parts: BlobPart[] = [];
  const list: BlobPart[] = [];
  let [at, listed] = [0, 0];
  for (const { name, bytes } of members) {
    const path = new TextEncoder().encode(name);
    const crc = await checksum(bytes);
    // Version 2.0, names in UTF-8, stored, no time, the first date, no extra field.
    const shared = [
      [2, 20],
      [2, utf8],
      [2, 0],
      [2, 0],
      [2, date],
      [4, crc],
      [4, bytes.size],
      [4, bytes.size],
      [2, path.length],
      [2, 0],
    ] as const;
    const entry = fields([4, 0x02014b50], [2, 20], ...shared, [2, 0], [2, 0], [2, 0], [4, 0], [4, at]);
    list.push(entry, path);
    listed += entry.length + path.length;
    const header = fields([4, 0x04034b50], ...shared);
    parts.push(header, path, bytes);
    at += header.length + path.length + bytes.size;
    if (at + listed > largest || list.length / 2 > 0xffff)
      throw new ProblemError({
        what: 'This is more than the 4 GB that one zip file holds.',
        cure: 'Leave the runs out, or save single graphs.',
      });
  }
  const count = list.length / 2;
  const end = fields([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, listed], [4, at], [2, 0]);
  return new Blob([...parts, ...list, end], { type: 'application/zip' });
}
