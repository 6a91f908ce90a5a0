import type { Product, StoredTensor } from '../../src/core/lora';

/** The first axis, and all others as one. */
export const asMatrix = (shape: readonly number[]): readonly [number, number] => [
  shape[0] ?? 1,
  shape.slice(1).reduce((product, dim) => product * dim, 1),
];

/** `[m, r]` times `[r, n]`, row-major. */
function multiply(a: Float32Array, b: Float32Array, m: number, r: number, n: number): Float32Array {
  const result = new Float32Array(m * n);
  for (let row = 0; row < m; row += 1)
    for (let inner = 0; inner < r; inner += 1) {
      const factor = a[row * r + inner] as number;
      for (let column = 0; column < n; column += 1)
        result[row * n + column] = (result[row * n + column] as number) + factor * (b[inner * n + column] as number);
    }
  return result;
}

function transposed(data: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(data.length);
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1)
      result[column * rows + row] = data[row * columns + column] as number;
  return result;
}

/** A product multiplied out when it is read, `[rows, columns]`. */
export function multiplied([a, b]: Product): StoredTensor {
  const [rows, rank] = asMatrix(a.shape);
  const [, columns] = asMatrix(b.shape);
  return { shape: [rows, columns], read: () => multiply(a.read(), b.read(), rows, rank, columns) };
}

/**
 * LyCORIS' decomposition with a core: `sum_ij a[i, o] t[i, j, y, x] b[j, c]` for a `[r, out]`, b `[r, in]` and t
 * `[r, r, ...kernel]`, as the product of `[out, r]` and `[r, in * kernel]`.
 */
export function corePart(a: StoredTensor, b: StoredTensor, t: StoredTensor): Product {
  const [rank, outputs] = asMatrix(a.shape);
  const [, inputs] = asMatrix(b.shape);
  const kernel = t.shape.slice(2);
  const size = kernel.reduce((count, dim) => count * dim, 1);
  const left: StoredTensor = { shape: [outputs, rank], read: () => transposed(a.read(), rank, outputs) };
  const right: StoredTensor = {
    shape: [rank, inputs, ...kernel],
    read() {
      const [core, narrow] = [t.read(), b.read()];
      const result = new Float32Array(rank * inputs * size);
      for (let i = 0; i < rank; i += 1) {
        // [kernel, r] times [r, in], turned to [in, kernel].
        const slice = transposed(core.subarray(i * rank * size, (i + 1) * rank * size), rank, size);
        result.set(transposed(multiply(slice, narrow, size, rank, inputs), size, inputs), i * inputs * size);
      }
      return result;
    },
  };
  return [left, right];
}
