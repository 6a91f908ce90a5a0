/** Element types of safetensors and their size in bytes, in the order in which the format's own writer sorts them. */
export const ITEM_SIZES = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E5M2: 1,
  F8_E4M3: 1,
  F8_E8M0: 1,
  I16: 2,
  U16: 2,
  F16: 2,
  BF16: 2,
  I32: 4,
  U32: 4,
  F32: 4,
  C64: 8,
  F64: 8,
  I64: 8,
  U64: 8,
} as const;

export type Dtype = keyof typeof ITEM_SIZES;

let halves: Float32Array | undefined;

/** The value of each of the 65536 half-precision numbers (IEEE 754 binary16): 256 KiB, and faster than any arithmetic. */
function halfTable(): Float32Array {
  if (halves) return halves;
  halves = new Float32Array(0x10000);
  for (let bits = 0; bits < 0x8000; bits++) {
    const exponent = bits >> 10;
    const fraction = bits & 0x3ff;
    const special = fraction === 0 ? Number.POSITIVE_INFINITY : Number.NaN;
    const finite = exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
    const value = exponent === 31 ? special : finite;
    halves[bits] = value;
    halves[bits | 0x8000] = -value;
  }
  return halves;
}

/** `bytes` as elements of `View`, copied only where they do not lie on a boundary of the element size. */
function elements<T>(
  View: { new (buffer: ArrayBufferLike, offset: number, length: number): T; readonly BYTES_PER_ELEMENT: number },
  bytes: Uint8Array,
): T {
  const aligned = bytes.byteOffset % View.BYTES_PER_ELEMENT === 0 ? bytes : new Uint8Array(bytes);
  return new View(aligned.buffer, aligned.byteOffset, Math.floor(bytes.byteLength / View.BYTES_PER_ELEMENT));
}

/** Writes little-endian elements into `target` as float32, rounding to nearest where they are wider. */
export function convertToFloat32(bytes: Uint8Array, dtype: Dtype, target: Float32Array): void {
  const count = bytes.byteLength / ITEM_SIZES[dtype];
  if (count !== target.length) {
    throw new Error(`${bytes.byteLength} bytes of ${dtype} do not fill a target of ${target.length} elements.`);
  }
  switch (dtype) {
    case 'F32':
      target.set(elements(Float32Array, bytes));
      return;
    case 'F16': {
      const table = halfTable();
      const source = elements(Uint16Array, bytes);
      for (let i = 0; i < count; i++) target[i] = table[source[i] as number] as number;
      return;
    }
    case 'BF16': {
      // bfloat16 is the upper half of a float32.
      const bits = new Uint32Array(target.buffer, target.byteOffset, count);
      const source = elements(Uint16Array, bytes);
      for (let i = 0; i < count; i++) bits[i] = (source[i] as number) << 16;
      return;
    }
    case 'F64':
      target.set(elements(Float64Array, bytes));
      return;
    case 'I64':
    case 'U64': {
      const source = dtype === 'I64' ? elements(BigInt64Array, bytes) : elements(BigUint64Array, bytes);
      for (let i = 0; i < count; i++) target[i] = Number(source[i]);
      return;
    }
    case 'I32':
      target.set(elements(Int32Array, bytes));
      return;
    case 'U32':
      target.set(elements(Uint32Array, bytes));
      return;
    case 'I16':
      target.set(elements(Int16Array, bytes));
      return;
    case 'U16':
      target.set(elements(Uint16Array, bytes));
      return;
    case 'I8':
      target.set(elements(Int8Array, bytes));
      return;
    case 'U8':
    case 'BOOL':
      target.set(bytes);
      return;
    case 'F8_E4M3':
    case 'F8_E5M2':
    case 'F8_E8M0':
    case 'C64':
      throw new Error(`Elements of type ${dtype} cannot be read as float32; convert the file to F16 or F32 first.`);
  }
}

/** Little-endian elements as float32. Aligned F32 is returned as a view of the same bytes. */
export function toFloat32(bytes: Uint8Array, dtype: Dtype): Float32Array {
  if (dtype === 'F32') return elements(Float32Array, bytes);
  const target = new Float32Array(bytes.byteLength / ITEM_SIZES[dtype]);
  convertToFloat32(bytes, dtype, target);
  return target;
}
