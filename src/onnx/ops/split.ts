import { applyAll, type Operator, type Value } from '../graph';
import { axisFromFront, describe, dimension, operand } from '../shapes';
import { concatenate } from './concatenate';

interface Attributes {
  readonly axis: number;
  readonly sizes: readonly number[];
}

const operator: Operator<Attributes> = {
  name: 'Split',
  infer(inputs, { axis, sizes }) {
    const x = operand('Split', inputs, 0);
    const at = axisFromFront(x, axis);
    if (sizes.reduce((sum, size) => sum + size, 0) !== dimension(x, at)) {
      throw new Error(`Split: ${describe(sizes)} does not add up to axis ${at} of ${describe(x)}.`);
    }
    return sizes.map((size) => x.with(at, size));
  },
  emit: ({ node, inputs, integers, attributes: { axis, sizes } }) =>
    node('Split', { inputs: [...inputs, integers(sizes)], attributes: { axis: { int: axis } } }),
  gradient: ({ input, attributes: { axis, sizes }, cotangent }) => [
    () => {
      const parts = sizes.map((_, i) => cotangent(i));
      return concatenate(parts as [Value, ...Value[]], axisFromFront(input(0).dims, axis));
    },
  ],
};

/** Consecutive pieces of `x` along an axis. */
export function split(x: Value, axis: number, sizes: readonly number[]): readonly Value[] {
  return sizes.length === 1 ? [x] : applyAll(operator, [x], { axis, sizes });
}

/** Two equal halves along an axis. */
export function halves(x: Value, axis: number): readonly [Value, Value] {
  const half = dimension(x.dims, axis) / 2;
  const [first, second] = split(x, axis, [half, half]);
  if (!first || !second) throw new Error('Split made fewer than two parts.');
  return [first, second];
}
