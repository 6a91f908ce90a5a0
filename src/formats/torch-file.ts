import type { ByteSource } from '../core/device';
import { ITEM_SIZES, toFloat32 } from './bytes-to-float32';
import { unpickle } from './pickle';
import { damagedPickle, PickleBytes } from './pickle-bytes';
import {
  PickleDict,
  PickleList,
  PickleObject,
  type PickleStorage,
  PickleTensor,
  type PickleValue,
} from './pickle-values';
import { readStrided } from './strided';
import type { TensorFile } from './tensor-file';
import { torchWorld } from './torch-pickle';
import { openZip } from './zip';

/** Whether the bytes begin as torch.save begins: with a zip, or with a pickle of protocol 2 to 5. */
export function isTorchFile(source: ByteSource): boolean {
  if (source.size < 8) return false;
  const head = source.read(0, 8);
  // A safetensors file begins with the length of its header, which is less than 2^32.
  if (head.subarray(4).every((byte) => byte === 0)) return false;
  const [first, second = 0, third, fourth] = head;
  const zip = first === 0x50 && second === 0x4b && third === 0x03 && fourth === 0x04;
  return zip || (first === 0x80 && second >= 2 && second <= 5);
}

/**
 * The tensors of a file that torch.save wrote, as a zip or in the format before 1.6. Nothing in it is executed: what it
 * names outside of a short list is kept as a name. The tensors of a checkpoint's `state_dict` go by their names there,
 * those of other nested dictionaries by the path with dots; a tensor alone is called `emb_params`, as an embedding without
 * a name is. Numbers and texts of the outermost dictionary are the metadata. Throws a sentence where the file is not sound.
 */
export function openTorchFile(source: ByteSource): TensorFile {
  const zipped = source.size > 0 && source.read(0, 1)[0] === 0x50;
  const { root, locate } = zipped ? openZipped(source) : openLegacy(source);
  const top = entriesOf(root);
  const inner = top?.get('state_dict');
  const tensors = new Map<string, PickleTensor>();
  collect(inner === undefined ? root : inner, tensors);
  const entry = (name: string): PickleTensor => {
    const found = tensors.get(name);
    if (!found) throw new Error(`The PyTorch file has no tensor "${name.slice(0, 80)}".`);
    return found;
  };
  const bytesOf = (name: string, begin?: number, end?: number): Uint8Array => {
    const { storage, offset, shape, strides } = entry(name);
    const [first, rows] = rowsOf(name, shape, begin, end);
    return readStrided(source, locate(storage), ITEM_SIZES[storage.dtype], {
      offset: offset + first * (strides[0] ?? 0),
      shape: shape.length === 0 ? shape : shape.with(0, rows),
      strides,
      available: storage.count,
    });
  };
  const floats = (name: string, begin?: number, end?: number) =>
    toFloat32(bytesOf(name, begin, end), entry(name).storage.dtype);
  return {
    metadata: metadataOf(top),
    tensors: new Map([...tensors].map(([name, { storage, shape }]) => [name, { dtype: storage.dtype, shape }])),
    read: (name) => floats(name),
    readRows: floats,
    readBytes: bytesOf,
  };
}

function rowsOf(name: string, shape: readonly number[], begin?: number, end?: number): [number, number] {
  const count = shape[0] ?? 1;
  if (begin === undefined && end === undefined) return [0, count];
  const sound = Number.isSafeInteger(begin) && Number.isSafeInteger(end);
  const [first, last] = [begin ?? 0, end ?? 0];
  if (!sound || shape.length === 0 || first < 0 || first > last || last > count) {
    throw new RangeError(`The tensor "${name.slice(0, 80)}" is [${shape}]: it has no rows ${begin} to ${end}.`);
  }
  return [first, last - first];
}

interface Opened {
  readonly root: PickleValue;
  /** Where the bytes of a storage begin in the file. */
  locate(storage: PickleStorage): number;
}

/** `<stem>/data.pkl` and `<stem>/data/<key>`, since torch 1.6 (caffe2/serialize/inline_container.cc). */
function openZipped(source: ByteSource): Opened {
  const members = openZip(source);
  const packed = [...members].find(([, { deflated }]) => deflated)?.[0];
  if (packed !== undefined) {
    throw new Error(
      `The file "${packed.slice(0, 80)}" in this zip archive is compressed; PyTorch stores files as they are. Save it again with torch.save.`,
    );
  }
  const descriptions = [...members.keys()].filter((name) => /^[^/]+\/data\.pkl$/.test(name));
  const [description] = descriptions;
  const pickle = description === undefined ? undefined : members.get(description);
  if (description === undefined || !pickle || descriptions.length > 1) {
    throw new Error(
      'This zip archive is not a PyTorch file: it has no data.pkl. Unpack it, and open the model inside.',
    );
  }
  const stem = description.slice(0, description.indexOf('/'));
  if (members.has(`${stem}/constants.pkl`)) {
    throw new Error('This PyTorch file is a program (TorchScript), not the weights of a model.');
  }
  const order = members.get(`${stem}/byteorder`);
  if (order && order.size < 100) {
    const begin = order.begin();
    const text = new TextDecoder().decode(source.read(begin, begin + order.size));
    if (text.trim() !== 'little')
      throw new Error('This PyTorch file was written in big-endian order, which Weft does not read.');
  }
  const begin = pickle.begin();
  const root = unpickle(new PickleBytes(within(source, begin, begin + pickle.size)), torchWorld());
  return {
    root,
    locate({ key, count, dtype }) {
      const member = members.get(`${stem}/data/${key}`);
      if (!member || member.size < count * ITEM_SIZES[dtype]) {
        throw damagedPickle(`the data "${key.slice(0, 80)}" is missing or too short.`);
      }
      return member.begin();
    },
  };
}

/** Part of a source as a source. */
function within(source: ByteSource, begin: number, end: number): ByteSource {
  return { size: end - begin, read: (from, to) => source.read(begin + from, begin + Math.min(to, end - begin)) };
}

const MAGIC = 0x1950a86a20f9469cfc6cn;
const PROTOCOL = 1001;

/** Five pickles, then the storages one after the other, each behind its length (torch/serialization.py, _legacy_save). */
function openLegacy(source: ByteSource): Opened {
  const bytes = new PickleBytes(source);
  const world = torchWorld();
  if (unpickle(bytes, world) !== MAGIC) {
    throw new Error('This is a Python pickle, but not one that PyTorch wrote; save the model as .safetensors.');
  }
  if (unpickle(bytes, world) !== PROTOCOL) throw damagedPickle('it is of another version than 1001.');
  if (entriesOf(unpickle(bytes, world))?.get('little_endian') !== true) {
    throw new Error('This PyTorch file was written in big-endian order, which Weft does not read.');
  }
  const sizes = new Map<string, number>();
  const seen = torchWorld();
  const root = unpickle(bytes, {
    call: seen.call,
    persistent(id) {
      const storage = seen.persistent(id) as PickleStorage;
      sizes.set(storage.key, ITEM_SIZES[storage.dtype]);
      return storage;
    },
  });
  const keys = unpickle(bytes, world);
  const places = new Map<string, { readonly begin: number; readonly size: number }>();
  for (const key of keys instanceof PickleList ? keys.items : []) {
    const name = typeof key === 'string' || typeof key === 'number' ? String(key) : '';
    const size = sizes.get(name);
    if (size === undefined) throw damagedPickle('it lists data that no tensor has.');
    const count = Number(bytes.view(8).getBigInt64(0, true));
    const begin = bytes.position;
    if (count < 0 || begin + count * size > source.size) {
      throw damagedPickle('its data ends behind its end. Is the download complete?');
    }
    places.set(name, { begin, size: count * size });
    bytes.position = begin + count * size;
  }
  return {
    root,
    locate({ key, count, dtype }) {
      const place = places.get(key);
      if (!place || place.size < count * ITEM_SIZES[dtype])
        throw damagedPickle(`the data "${key.slice(0, 80)}" is missing or too short.`);
      return place.begin;
    },
  };
}

/** What a dictionary holds, or an object that keeps its parts as torch.nn.Module does. */
function entriesOf(value: PickleValue | undefined): PickleDict['entries'] | undefined {
  if (value instanceof PickleDict) return value.entries;
  if (!(value instanceof PickleObject) || !(value.state instanceof PickleDict)) return undefined;
  const { entries } = value.state;
  const parts = ['_parameters', '_buffers', '_modules'].flatMap((name) => {
    const part = entries.get(name);
    return part instanceof PickleDict ? [...part.entries] : [];
  });
  return new Map(parts);
}

const DEEPEST = 16;
const LONGEST_NAME = 1000;
const MOST_ENTRIES = 50_000;

function collect(root: PickleValue, tensors: Map<string, PickleTensor>): void {
  // Dictionaries may hold each other many times over, or themselves.
  let visited = 0;
  const visit = (value: PickleValue, name: string, depth: number): void => {
    if (value instanceof PickleTensor) tensors.set(name === '' ? 'emb_params' : name, value);
    const entries = depth < DEEPEST ? entriesOf(value) : undefined;
    for (const [key, inner] of entries ?? []) {
      visited += 1;
      if (visited > MOST_ENTRIES) throw damagedPickle(`it holds more than ${MOST_ENTRIES} entries.`);
      const full = name === '' ? String(key) : `${name}.${String(key)}`;
      visit(inner, full.slice(0, LONGEST_NAME), depth + 1);
    }
  };
  visit(root, '', 0);
}

const MOST_METADATA = 1000;

function metadataOf(top: PickleDict['entries'] | undefined): Record<string, string> {
  const told: [string, string][] = [];
  for (const [key, value] of top ?? []) {
    const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    if (plain && told.length < MOST_METADATA)
      told.push([String(key).slice(0, LONGEST_NAME), String(value).slice(0, LONGEST_NAME)]);
  }
  return Object.fromEntries(told);
}
