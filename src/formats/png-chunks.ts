import { crc32 } from './crc32';
import { inflated } from './inflate';

/** The skeleton of a PNG file: chunks of four letters, and the texts that some of them carry (PNG third edition). */

export interface PngChunk {
  readonly type: string;
  readonly data: Uint8Array;
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** Keywords of texts are 1 to 79 Latin-1 characters. */
const KEYWORD_LIMIT = 79;

/** The chunks up to the end mark, checked. Throws a sentence where the file is no PNG, damaged or cut off. */
export function readChunks(bytes: Uint8Array): PngChunk[] {
  if (bytes.length < SIGNATURE.length || !SIGNATURE.every((byte, index) => bytes[index] === byte)) {
    throw new Error('This is not a PNG file: its first eight bytes are others.');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: PngChunk[] = [];
  for (let start = SIGNATURE.length; ; ) {
    const body = start + 8;
    const end = body + (body <= bytes.length ? view.getUint32(start) : 0);
    if (end + 4 > bytes.length) throw new Error('The PNG file is cut off before its end mark.');
    const type = latin1.decode(bytes.subarray(start + 4, body));
    if (crc32(bytes.subarray(start + 4, end)) !== view.getUint32(end)) {
      throw new Error(`The PNG file is damaged: the checksum of its part ${JSON.stringify(type)} does not fit.`);
    }
    chunks.push({ type, data: bytes.subarray(body, end) });
    if (type === 'IEND') return chunks;
    start = end + 4;
  }
}

export function writeChunks(chunks: readonly PngChunk[]): Uint8Array<ArrayBuffer> {
  const size = chunks.reduce((sum, { data }) => sum + 12 + data.length, SIGNATURE.length);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  bytes.set(SIGNATURE);
  let start = SIGNATURE.length;
  for (const { type, data } of chunks) {
    const end = start + 8 + data.length;
    view.setUint32(start, data.length);
    bytes.set(encodeLatin1(type), start + 4);
    bytes.set(data, start + 8);
    view.setUint32(end, crc32(bytes.subarray(start + 4, end)));
    start = end + 4;
  }
  return bytes;
}

const latin1 = new TextDecoder('latin1');

function encodeLatin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** A text under a keyword: tEXt where Latin-1 can write it, else iTXt. */
export function textChunk(keyword: string, text: string): PngChunk {
  if (!/^[\x20-\x7e\xa1-\xff]+$/.test(keyword) || keyword.length > KEYWORD_LIMIT || keyword !== keyword.trim()) {
    throw new Error(`"${keyword}" cannot name a text in a PNG file: 1 to 79 Latin letters, digits or signs can.`);
  }
  const name = encodeLatin1(`${keyword}\0`);
  // Characters 0x80 to 0x9f are control codes in Latin-1 and letters in what many programs read instead of it.
  return /^[\n\x20-\x7e\xa0-\xff]*$/.test(text)
    ? { type: 'tEXt', data: joined(name, encodeLatin1(text)) }
    : { type: 'iTXt', data: joined(name, Uint8Array.of(0, 0, 0, 0), new TextEncoder().encode(text)) };
}

function joined(...parts: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Bytes to which all packed texts of a file may unpack; a graph has fewer. */
const TEXT_LIMIT = 2 ** 26;

/** The texts of a file by keyword; packed ones that are damaged or too long are left out. The last of equal keywords counts. */
export function textsOf(chunks: readonly PngChunk[]): Record<string, string> {
  const room = { bytes: TEXT_LIMIT };
  return Object.fromEntries(chunks.map((chunk) => readText(chunk, room)).filter((entry) => entry !== undefined));
}

function readText({ type, data }: PngChunk, room: { bytes: number }): [string, string] | undefined {
  const name = data.indexOf(0);
  if (!['tEXt', 'zTXt', 'iTXt'].includes(type) || name === -1) return undefined;
  const keyword = latin1.decode(data.subarray(0, name));
  if (type === 'tEXt') return [keyword, latin1.decode(data.subarray(name + 1))];
  if (type === 'zTXt') {
    const text = unpacked(data.subarray(name + 2), data[name + 1], room);
    return text && [keyword, latin1.decode(text)];
  }
  const language = data.indexOf(0, name + 3);
  const translated = language === -1 ? -1 : data.indexOf(0, language + 1);
  if (translated === -1) return undefined;
  const rest = data.subarray(translated + 1);
  const text = data[name + 1] === 0 ? rest : unpacked(rest, data[name + 2], room);
  return text && [keyword, new TextDecoder().decode(text)];
}

function unpacked(data: Uint8Array, method: number | undefined, room: { bytes: number }): Uint8Array | undefined {
  if (method !== 0) return undefined;
  try {
    const text = inflated(data, 'zlib', room.bytes);
    room.bytes -= text.length;
    return text;
  } catch (thrown) {
    // What was looked at of one that is too long counts, or many of them would keep the page busy.
    if (thrown instanceof RangeError) room.bytes = 0;
    return undefined;
  }
}
