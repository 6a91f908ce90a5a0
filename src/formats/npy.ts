/** An array as numpy saves it: row-major (C order), of 32-bit floats or 64-bit integers. */
export interface NpyArray {
  readonly data: Float32Array<ArrayBuffer> | BigInt64Array<ArrayBuffer>;
  readonly dims: readonly number[];
}

const MAGIC = '\x93NUMPY';
const ALIGNMENT = 64;
/** numpy leaves room for the first dimension to grow in place to this many digits. */
const GROWTH_DIGITS = 21;

const makers: Readonly<Record<string, { bytes: number; make(buffer: ArrayBuffer): NpyArray['data'] }>> = {
  '<f4': { bytes: 4, make: (buffer) => new Float32Array(buffer) },
  '<i8': { bytes: 8, make: (buffer) => new BigInt64Array(buffer) },
};

const elements = (dims: readonly number[]): number => dims.reduce((product, size) => product * size, 1);

/** The bytes that `numpy.save` would write: version 1.0 of the format (numpy.lib.format). */
export function writeNpy({ data, dims }: NpyArray): Uint8Array<ArrayBuffer> {
  if (data.length !== elements(dims)) {
    throw new Error(`An array of shape [${dims.join(', ')}] has ${elements(dims)} elements, not ${data.length}.`);
  }
  const descr = data instanceof Float32Array ? '<f4' : '<i8';
  const shape = dims.length === 1 ? `(${dims[0]},)` : `(${dims.join(', ')})`;
  const growth = dims.length === 0 ? '' : ' '.repeat(GROWTH_DIGITS - String(dims[0]).length);
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }${growth}`;
  const start = MAGIC.length + 4;
  const padding = ' '.repeat(ALIGNMENT - ((start + header.length + 1) % ALIGNMENT));
  const text = `${header}${padding}\n`;

  const bytes = new Uint8Array(start + text.length + data.byteLength);
  bytes.set(latin1(MAGIC));
  bytes.set([1, 0], MAGIC.length);
  new DataView(bytes.buffer).setUint16(MAGIC.length + 2, text.length, true);
  bytes.set(latin1(text), start);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start + text.length);
  return bytes;
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/**
 * Reads a .npy file of version 1, 2 or 3. Throws a sentence where it is damaged, not in C order, or holds other elements
 * than little-endian float32 or int64.
 */
export function readNpy(bytes: Uint8Array): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 10 || !latin1(MAGIC).every((byte, index) => bytes[index] === byte)) {
    throw new Error('This is not a .npy file: it does not start with \\x93NUMPY.');
  }
  const version = bytes[6] as number;
  if (version < 1 || version > 3) throw new Error(`The .npy file has version ${version}; 1, 2 and 3 can be read.`);
  const start = version === 1 ? 10 : 12;
  if (bytes.length < start) throw new Error('The .npy file ends inside its header.');
  const end = start + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (end > bytes.length) throw new Error('The .npy file ends inside its header.');
  const { descr, dims } = readHeader(new TextDecoder('latin1').decode(bytes.subarray(start, end)));

  const maker = Object.hasOwn(makers, descr) ? makers[descr] : undefined;
  if (maker === undefined) {
    throw new Error(`The .npy file holds elements of type "${descr}"; save it as little-endian float32 or int64.`);
  }
  const wanted = elements(dims) * maker.bytes;
  if (bytes.length - end !== wanted) {
    throw new Error(
      `The .npy file has ${bytes.length - end} bytes of data, but the shape [${dims.join(', ')}] takes ${wanted}.`,
    );
  }
  // Not `bytes.slice`: the slice of a Node Buffer shares its memory.
  return { data: maker.make(Uint8Array.from(bytes.subarray(end)).buffer), dims };
}

/** The header is a Python dictionary with three keys, in any order. */
function readHeader(header: string): { descr: string; dims: number[] } {
  const descr = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const shape = /'shape':\s*\(((?:\d{1,15}L?,?\s*)*)\)/.exec(header)?.[1];
  if (descr === undefined || order === undefined || shape === undefined) {
    throw new Error('The header of the .npy file does not tell type, order and shape of a plain array.');
  }
  if (order === 'True') throw new Error('The .npy file is in Fortran order; save it with numpy.ascontiguousarray.');
  return { descr, dims: (shape.match(/\d+/g) ?? []).map(Number) };
}
