import type { TensorType } from './graph';

/** Number of elements of a shape. */
export function elements(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}

/** Size of a tensor. */
export function bytesOf({ type, dims }: TensorType): number {
  return elements(dims) * (type === 'float16' ? 2 : 4);
}

/** `[1, 77, 768]`, as shapes are written in messages. */
export function describe(dims: readonly number[]): string {
  return `[${dims.join(', ')}]`;
}

/** The dimension at `axis`, counted from the end when negative. */
export function dimension(dims: readonly number[], axis: number): number {
  const dim = dims.at(axis);
  if (dim === undefined || axis >= dims.length) throw new Error(`The shape ${describe(dims)} has no axis ${axis}.`);
  return dim;
}

/** `axis` counted from the front. */
export function axisFromFront(dims: readonly number[], axis: number): number {
  dimension(dims, axis);
  return axis < 0 ? axis + dims.length : axis;
}

/** NumPy's rule: shapes are aligned at their ends, and a dimension of 1 stretches. */
export function broadcast(operator: string, a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const p = a[a.length - rank + i] ?? 1;
    const q = b[b.length - rank + i] ?? 1;
    if (p !== q && p !== 1 && q !== 1) {
      throw new Error(`${operator}: the shapes ${describe(a)} and ${describe(b)} do not fit each other.`);
    }
    return p === 1 ? q : p;
  });
}

/** Inputs of an operator, or a sentence about which of them is missing. */
export function operand(operator: string, inputs: readonly TensorType[], index: number): readonly number[] {
  const input = inputs[index];
  if (!input) throw new Error(`${operator}: input ${index + 1} is missing.`);
  return input.dims;
}
