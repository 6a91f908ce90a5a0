import type { ByteSource } from '../core/device';
import { convertToFloat32, type Dtype, ITEM_SIZES, toFloat32 } from './bytes-to-float32';
import type { TensorEntry, TensorFile } from './tensor-file';

/** One tensor of a file: little-endian, row-major elements from byte `begin` to `end` (exclusive) of the whole file. */
export interface SafetensorsEntry extends TensorEntry {
  readonly begin: number;
  readonly end: number;
}

export interface SafetensorsFile extends TensorFile {
  readonly tensors: ReadonlyMap<string, SafetensorsEntry>;
  /** Writes all elements as float32 into `target`, which must have exactly their number. */
  readInto(name: string, target: Float32Array): void;
}

/** The format's own limit, 100 MB (huggingface/safetensors, MAX_HEADER_SIZE). */
const HEADER_LIMIT = 100_000_000;

function damaged(what: string): Error {
  return new Error(`This is not a sound safetensors file: ${what}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isDtype(name: string): name is Dtype {
  return Object.hasOwn(ITEM_SIZES, name);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** For messages: names come from the file and may be of any length. */
function quote(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name);
}

function readHeader(source: ByteSource): { text: string; dataBegin: number } {
  if (source.size < 8) throw damaged(`it has ${source.size} bytes, and the length of the header alone takes 8.`);
  const prefix = source.read(0, 8);
  const length = Number(new DataView(prefix.buffer, prefix.byteOffset, 8).getBigUint64(0, true));
  if (length > HEADER_LIMIT) throw damaged(`its header claims ${length} bytes; the format allows 100 MB.`);
  if (8 + length > source.size) {
    throw damaged(`its header claims ${length} bytes, but only ${source.size - 8} follow. Is the download complete?`);
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(source.read(8, 8 + length));
    return { text, dataBegin: 8 + length };
  } catch {
    throw damaged('its header is not UTF-8 text.');
  }
}

/** How many keys all objects of a valid JSON text have together, repeated keys included. */
function countKeys(json: string): number {
  let keys = 0;
  for (let i = 0; i < json.length; i++) {
    if (json[i] !== '"') continue;
    for (i++; json[i] !== '"'; i++) if (json[i] === '\\') i++;
    let next = i + 1;
    while (json[next] === ' ' || json[next] === '\n' || json[next] === '\r' || json[next] === '\t') next++;
    if (json[next] === ':') keys++;
  }
  return keys;
}

function parseHeader(text: string): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch {
    throw damaged('its header is not JSON.');
  }
  if (!isObject(header)) throw damaged('its header is not a JSON object.');
  return header;
}

function parseMetadata(value: unknown): Record<string, string> {
  if (!isObject(value)) throw damaged('its "__metadata__" is not a JSON object.');
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== 'string') throw damaged(`the metadata ${quote(key)} is not text.`);
  }
  return value as Record<string, string>;
}

function parseEntry(name: string, value: unknown, dataBegin: number, size: number): SafetensorsEntry {
  const tensor = `the tensor ${quote(name)}`;
  if (!isObject(value)) throw damaged(`${tensor} is not described by a JSON object.`);
  const { dtype, shape, data_offsets: offsets, ...rest } = value;
  const unknown = Object.keys(rest)[0];
  if (unknown !== undefined) throw damaged(`${tensor} has the unknown field ${quote(unknown)}.`);
  if (typeof dtype !== 'string') throw damaged(`${tensor} has no element type.`);
  if (!isDtype(dtype)) throw damaged(`${tensor} has the unknown element type ${quote(dtype)}.`);
  if (!Array.isArray(shape) || !shape.every(isCount)) throw damaged(`the shape of ${tensor} is not a list of sizes.`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount)) {
    throw damaged(`the data offsets of ${tensor} are not two byte positions.`);
  }
  const [begin, end] = offsets as [number, number];
  const bytes = shape.includes(0) ? 0 : shape.reduce((product, dim) => product * dim, ITEM_SIZES[dtype]);
  if (begin > end || end - begin !== bytes) {
    throw damaged(
      `${tensor} is ${dtype} [${shape.slice(0, 8)}], ${bytes} bytes, but its data is at ${begin} to ${end}.`,
    );
  }
  if (dataBegin + end > size) {
    throw damaged(`${tensor} ends at byte ${dataBegin + end}, the file at ${size}. Is the download complete?`);
  }
  return { dtype, shape, begin: dataBegin + begin, end: dataBegin + end };
}

function refuseOverlap(tensors: ReadonlyMap<string, SafetensorsEntry>): void {
  const filled = [...tensors].filter(([, { begin, end }]) => begin < end).sort(([, a], [, b]) => a.begin - b.begin);
  filled.forEach(([name, { begin }], index) => {
    const before = filled[index - 1];
    if (before && begin < before[1].end) {
      throw damaged(`the tensors ${quote(before[0])} and ${quote(name)} share bytes.`);
    }
  });
}

/**
 * Reads the header of a safetensors file; elements are read and converted when they are asked for.
 * Throws a sentence that names the problem when the file is not sound (https://huggingface.co/docs/safetensors).
 */
export function openSafetensors(source: ByteSource): SafetensorsFile {
  const { text, dataBegin } = readHeader(source);
  const header = parseHeader(text);
  const tensors = new Map<string, SafetensorsEntry>();
  let metadata: Record<string, string> = {};
  let keys = 0;
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') metadata = parseMetadata(value);
    else tensors.set(name, parseEntry(name, value, dataBegin, source.size));
    keys += 1 + Object.keys(value as object).length;
  }
  // JSON.parse keeps the last of equal keys; another reader may keep the first and see other weights.
  if (countKeys(text) !== keys) throw damaged('a name occurs twice in its header.');
  refuseOverlap(tensors);

  const entry = (name: string): SafetensorsEntry => {
    const found = tensors.get(name);
    if (!found) throw new Error(`The safetensors file has no tensor ${quote(name)}.`);
    return found;
  };
  const rowsOf = (name: string, first?: number, last?: number): Uint8Array => {
    const { shape, begin, end } = entry(name);
    if (first === undefined && last === undefined) return source.read(begin, end);
    const rows = shape[0];
    if (rows === undefined || !isCount(first) || !isCount(last) || first > last || last > rows) {
      throw new RangeError(`The tensor ${quote(name)} is [${shape}]: it has no rows ${first} to ${last}.`);
    }
    const bytes = rows === 0 ? 0 : (end - begin) / rows;
    return source.read(begin + first * bytes, begin + last * bytes);
  };
  return {
    metadata,
    tensors,
    read(name) {
      const { dtype, begin, end } = entry(name);
      return toFloat32(source.read(begin, end), dtype);
    },
    readRows: (name, first, last) => toFloat32(rowsOf(name, first, last), entry(name).dtype),
    readBytes: (name, first, last) => rowsOf(name, first, last),
    readInto(name, target) {
      const { dtype, begin, end } = entry(name);
      convertToFloat32(source.read(begin, end), dtype, target);
    },
  };
}

/** A tensor to write: row-major, little-endian elements. A `Float32Array` is written as F32. */
export type SafetensorsTensor =
  | { readonly shape: readonly number[]; readonly data: Float32Array }
  | { readonly shape: readonly number[]; readonly dtype: Dtype; readonly data: Uint8Array };

/**
 * A safetensors file, laid out as the format's own writer does: wide element types first, then by name, and the header
 * padded with spaces to a multiple of 8 bytes.
 */
export function writeSafetensors(
  tensors: Readonly<Record<string, SafetensorsTensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const order = Object.keys(ITEM_SIZES);
  const entries = Object.entries(tensors)
    .map(([name, { shape, data, ...rest }]) => {
      const dtype = 'dtype' in rest ? rest.dtype : 'F32';
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      if (bytes.length !== shape.reduce((product, dim) => product * dim, ITEM_SIZES[dtype])) {
        throw new Error(`The tensor ${quote(name)} has ${bytes.length} bytes, which are not ${dtype} [${shape}].`);
      }
      return { name, dtype, shape, bytes };
    })
    .sort((a, b) => order.indexOf(b.dtype) - order.indexOf(a.dtype) || (a.name < b.name ? -1 : 1));

  let offset = 0;
  const described = entries.map(({ name, dtype, shape, bytes }) => {
    const begin = offset;
    offset += bytes.length;
    return [name, { dtype, shape, data_offsets: [begin, offset] }] as const;
  });
  const listed = Object.keys(metadata).length > 0 ? [['__metadata__', metadata] as const, ...described] : described;
  // Written by hand at the top level: an object would move names that look like numbers to the front.
  const fields = listed.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  const header = new TextEncoder().encode(`{${fields.join(',')}}`);
  const padded = Math.ceil(header.length / 8) * 8;

  const file = new Uint8Array(8 + padded + offset);
  new DataView(file.buffer).setBigUint64(0, BigInt(padded), true);
  file.fill(0x20, 8, 8 + padded);
  file.set(header, 8);
  entries.forEach(({ bytes }, index) => {
    const [begin] = (described[index] as (typeof described)[number])[1].data_offsets;
    file.set(bytes, 8 + padded + (begin as number));
  });
  return file;
}
