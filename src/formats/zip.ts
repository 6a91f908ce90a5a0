import type { ByteSource } from '../core/device';
import { crc32 } from './crc32';
import { inflated } from './inflate';

/** A file inside a zip. */
export interface ZipMember {
  /** Bytes that it has when it is unpacked, as the archive says. */
  readonly size: number;
  /** Bytes that it takes in the archive; the same where it is stored as it is. */
  readonly stored: number;
  readonly deflated: boolean;
  readonly crc: number;
  /** Where its bytes begin in the archive. */
  begin(): number;
}

function damaged(what: string): Error {
  return new Error(`This is not a sound zip archive: ${what}`);
}

const END_SIZE = 22;
const LONGEST_COMMENT = 0xffff;
const LARGEST_DIRECTORY = 2 ** 26;
const FULL = 0xffffffff;

function view(source: ByteSource, begin: number, length: number): DataView {
  if (begin < 0 || !Number.isSafeInteger(begin) || begin + length > source.size) {
    throw damaged('its list of files lies outside of it. Is the download complete?');
  }
  const bytes = source.read(begin, begin + length);
  return new DataView(bytes.buffer, bytes.byteOffset, length);
}

/** Where the list of files lies (APPNOTE.TXT 4.3.14 to 4.3.16, with zip64). */
function findDirectory(source: ByteSource): { begin: number; size: number; count: number } {
  const length = Math.min(source.size, END_SIZE + LONGEST_COMMENT);
  const tail = view(source, source.size - length, length);
  let at = length - END_SIZE;
  while (at >= 0 && tail.getUint32(at, true) !== 0x06054b50) at -= 1;
  if (at < 0) throw damaged('its list of files is missing. Is the download complete?');
  const end = {
    count: tail.getUint16(at + 10, true),
    size: tail.getUint32(at + 12, true),
    begin: tail.getUint32(at + 16, true),
  };
  if (end.count !== 0xffff && end.size !== FULL && end.begin !== FULL) return end;
  if (at < 20 || tail.getUint32(at - 20, true) !== 0x07064b50) throw damaged('its list of files is too long.');
  const large = view(source, Number(tail.getBigUint64(at - 12, true)), 56);
  if (large.getUint32(0, true) !== 0x06064b50) throw damaged('its list of files is not where it says.');
  return {
    count: Number(large.getBigUint64(32, true)),
    size: Number(large.getBigUint64(40, true)),
    begin: Number(large.getBigUint64(48, true)),
  };
}

/** The three 8-byte numbers that a zip64 entry keeps in its extra field where its own are full. */
function large(extra: DataView, wanted: { size: number; stored: number; offset: number }) {
  const found = { ...wanted };
  for (let at = 0; at + 4 <= extra.byteLength; ) {
    const [id, length] = [extra.getUint16(at, true), extra.getUint16(at + 2, true)];
    if (at + 4 + length > extra.byteLength) break;
    if (id === 1) {
      let field = at + 4;
      for (const name of ['size', 'stored', 'offset'] as const) {
        if (wanted[name] !== FULL || field + 8 > at + 4 + length) continue;
        found[name] = Number(extra.getBigUint64(field, true));
        field += 8;
      }
    }
    at += 4 + length;
  }
  return found;
}

/** The files of a zip archive, stored as they are or deflated. */
export function openZip(source: ByteSource): ReadonlyMap<string, ZipMember> {
  const directory = findDirectory(source);
  if (directory.size > LARGEST_DIRECTORY) throw damaged(`its list of files claims ${directory.size} bytes.`);
  const list = view(source, directory.begin, directory.size);
  const members = new Map<string, ZipMember>();
  let at = 0;
  for (let i = 0; i < directory.count; i += 1) {
    if (at + 46 > list.byteLength || list.getUint32(at, true) !== 0x02014b50)
      throw damaged('its list of files is broken.');
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => list.getUint16(at + field, true)) as [
      number,
      number,
      number,
    ];
    const next = at + 46 + nameLength + extraLength + commentLength;
    if (next > list.byteLength) throw damaged('its list of files is broken.');
    const name = new TextDecoder().decode(new Uint8Array(list.buffer, list.byteOffset + at + 46, nameLength));
    const method = list.getUint16(at + 10, true);
    const encrypted = (list.getUint16(at + 8, true) & 1) === 1;
    const crc = list.getUint32(at + 16, true);
    const { size, stored, offset } = large(
      new DataView(list.buffer, list.byteOffset + at + 46 + nameLength, extraLength),
      {
        stored: list.getUint32(at + 20, true),
        size: list.getUint32(at + 24, true),
        offset: list.getUint32(at + 42, true),
      },
    );
    at = next;
    if (name.endsWith('/')) continue;
    if (members.has(name)) throw damaged(`the file "${name.slice(0, 80)}" occurs twice.`);
    const quoted = `the file "${name.slice(0, 80)}" in it`;
    if (encrypted) throw damaged(`${quoted} is encrypted.`);
    if (method !== 0 && method !== 8) throw damaged(`${quoted} is packed in a way that is not known here (${method}).`);
    const deflated = method === 8;
    if (!deflated && size !== stored) throw damaged(`${quoted} has two lengths.`);
    members.set(name, { size, stored, deflated, crc, begin: () => beginOf(source, offset, stored, name) });
  }
  return members;
}

/** Behind the member's own header, whose extra field may be of another length than in the list. */
function beginOf(source: ByteSource, offset: number, size: number, name: string): number {
  const header = view(source, offset, 30);
  if (header.getUint32(0, true) !== 0x04034b50)
    throw damaged(`the file "${name.slice(0, 80)}" is not where the list says.`);
  const begin = offset + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  if (begin + size > source.size) {
    throw damaged(`the file "${name.slice(0, 80)}" ends behind its end. Is the download complete?`);
  }
  return begin;
}

/** The bytes of a file in an archive. Throws a sentence where they are damaged or more than `most`. */
export function readMember(source: ByteSource, member: ZipMember, most: number): Uint8Array<ArrayBuffer> {
  const { size, stored, deflated, crc } = member;
  if (size > most) throw damaged(`a file in it claims to have ${size} bytes; ${most} can be read.`);
  const begin = member.begin();
  const packed = new Uint8Array(source.read(begin, begin + stored));
  const bytes = deflated ? inflated(packed, 'raw', size) : packed;
  if (bytes.length !== size || crc32(bytes) !== crc) throw damaged('the checksum of a file in it does not fit.');
  return bytes;
}
