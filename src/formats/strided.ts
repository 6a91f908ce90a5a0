import type { ByteSource } from '../core/device';

/** Part of a row of elements, as a tensor looks at it. All counts are of elements. */
export interface StridedView {
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  /** Elements that the row has. */
  readonly available: number;
}

/** A tensor that repeats its elements may be larger than what lies behind it; more than this is not made. */
const MOST_REPEATED = 2 ** 24;

/** The elements of a view in row-major order. `begin` is where the row begins in the source, `size` the bytes of an element. */
export function readStrided(source: ByteSource, begin: number, size: number, view: StridedView): Uint8Array {
  const { offset, shape, strides, available } = view;
  const count = shape.reduce((product, dim) => product * dim, 1);
  const byte = (element: number) => begin + element * size;
  if (count === 0) return new Uint8Array();
  if (isRowMajor(shape, strides)) return source.read(byte(offset), byte(offset + count));
  if (count > available && count > MOST_REPEATED) {
    throw new Error(`A tensor [${shape}] repeats ${available} numbers too often to be a model's.`);
  }
  const last = shape.reduce((at, dim, i) => at + (dim - 1) * (strides[i] as number), offset);
  const row = source.read(byte(offset), byte(last + 1));
  const made = new Uint8Array(count * size);
  const index = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < count; to += 1) {
    for (let i = 0; i < size; i += 1) made[to * size + i] = row[from * size + i] as number;
    for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
      index[axis] = (index[axis] as number) + 1;
      from += strides[axis] as number;
      if ((index[axis] as number) < (shape[axis] as number)) break;
      from -= (shape[axis] as number) * (strides[axis] as number);
      index[axis] = 0;
    }
  }
  return made;
}

function isRowMajor(shape: readonly number[], strides: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    if (shape[axis] !== 1 && strides[axis] !== expected) return false;
    expected *= shape[axis] as number;
  }
  return true;
}
