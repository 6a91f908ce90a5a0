import { writeExif } from './exif';

/** The container of WebP: RIFF, with chunks of four letters (RFC 9649, section 2). */

const latin1 = new TextDecoder('latin1');
const EXIF_FLAG = 0x08;
const ALPHA_FLAG = 0x10;

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
}

/** Chunks of a WebP file. Throws a sentence where it is none or is cut off. */
function readChunks(bytes: Uint8Array): Chunk[] {
  const type = (at: number) => latin1.decode(bytes.subarray(at, at + 4));
  if (type(0) !== 'RIFF' || type(8) !== 'WEBP') throw new Error('This is not a WebP file.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = 12; at < bytes.length; ) {
    const size = at + 8 <= bytes.length ? view.getUint32(at + 4, true) : 0;
    const end = at + 8 + size;
    if (at + 8 > bytes.length || end > bytes.length) throw new Error('The WebP file is cut off.');
    chunks.push({ type: type(at), data: bytes.subarray(at + 8, end) });
    at = end + (size & 1);
  }
  return chunks;
}

/** The EXIF part of a WebP file (TIFF), where it has one. Throws a sentence where it is no WebP or is cut off. */
export const exifOfWebp = (bytes: Uint8Array): Uint8Array | undefined =>
  readChunks(bytes).find(({ type }) => type === 'EXIF')?.data;

/** Width and height of a picture that has no extended header, from its first bits. */
function sizeOf({ type, data }: Chunk): { width: number; height: number; alpha: boolean } {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (type === 'VP8 ')
    return { width: view.getUint16(6, true) & 0x3fff, height: view.getUint16(8, true) & 0x3fff, alpha: false };
  if (type !== 'VP8L') throw new Error(`A WebP file does not begin with a part "${type}".`);
  const bits = view.getUint32(1, true);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, alpha: ((bits >>> 28) & 1) === 1 };
}

/** A WebP file with a text in its EXIF part, in the extended form that this needs. Throws a sentence for other files. */
export function describedWebp(bytes: Uint8Array, text: string): Uint8Array<ArrayBuffer> {
  const chunks = readChunks(bytes).filter(({ type }) => type !== 'EXIF');
  const [first] = chunks;
  if (!first) throw new Error('The WebP file is empty.');
  const header = new Uint8Array(10);
  if (first.type === 'VP8X') header.set(first.data.subarray(0, 10));
  else {
    const { width, height, alpha } = sizeOf(first);
    const view = new DataView(header.buffer);
    header[0] = alpha ? ALPHA_FLAG : 0;
    // Both less one, in 24 bits each.
    view.setUint16(4, (width - 1) & 0xffff, true);
    header[6] = (width - 1) >> 16;
    view.setUint16(7, (height - 1) & 0xffff, true);
    header[9] = (height - 1) >> 16;
  }
  header[0] = (header[0] as number) | EXIF_FLAG;
  const rest = chunks.filter(({ type }) => type !== 'VP8X');
  return writeChunks([{ type: 'VP8X', data: header }, ...rest, { type: 'EXIF', data: writeExif(text) }]);
}

function writeChunks(chunks: readonly Chunk[]): Uint8Array<ArrayBuffer> {
  const size = chunks.reduce((sum, { data }) => sum + 8 + data.length + (data.length & 1), 12);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  const put = (at: number, letters: string) => bytes.set(new TextEncoder().encode(letters), at);
  put(0, 'RIFF');
  view.setUint32(4, size - 8, true);
  put(8, 'WEBP');
  let at = 12;
  for (const { type, data } of chunks) {
    put(at, type);
    view.setUint32(at + 4, data.length, true);
    bytes.set(data, at + 8);
    at += 8 + data.length + (data.length & 1);
  }
  return bytes;
}
