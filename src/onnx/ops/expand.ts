// Broadcasting and its adjoint: each is the gradient of the other.

import { apply, type Operator, type Value } from '../graph';
import { broadcast, describe, operand } from '../shapes';
import { reshape } from './reshape';

interface Expansion {
  readonly dims: readonly number[];
}

const expansion: Operator<Expansion> = {
  name: 'Expand',
  infer(inputs, { dims }) {
    const x = operand('Expand', inputs, 0);
    if (broadcast('Expand', x, dims).join() !== dims.join()) {
      throw new Error(`Expand: ${describe(x)} does not stretch to ${describe(dims)}.`);
    }
    return [dims];
  },
  emit: (emission) =>
    emission.node('Expand', { inputs: [...emission.inputs, emission.integers(emission.attributes.dims)] }),
  gradient: ({ input, cotangent }) => [() => sumTo(cotangent(0), input(0).dims)],
};

/** Repeats `x` along its dimensions of 1 until it has the shape `dims`. */
export function expand(x: Value, dims: readonly number[]): Value {
  return x.dims.join() === dims.join() ? x : apply(expansion, [x], { dims });
}

interface Summation {
  readonly axes: readonly number[];
}

const summation: Operator<Summation> = {
  name: 'ReduceSum',
  infer: (inputs, { axes }) => [operand('ReduceSum', inputs, 0).map((dim, axis) => (axes.includes(axis) ? 1 : dim))],
  emit: ({ node, inputs, integers, attributes: { axes } }) =>
    node('ReduceSum', { inputs: [...inputs, integers(axes)], attributes: { keepdims: { int: 1 } } }),
  gradient: ({ input, cotangent }) => [() => expand(cotangent(0), input(0).dims)],
};

/** The sum over `axes` (counted from the front), which stay as dimensions of 1. */
export function reduceSum(x: Value, axes: readonly number[]): Value {
  return axes.length === 0 ? x : apply(summation, [x], { axes });
}

/** Undoes broadcasting: the sum over all places that `dims` was stretched to. */
export function sumTo(x: Value, dims: readonly number[]): Value {
  const lead = x.dims.length - dims.length;
  const stretched = x.dims.flatMap((dim, axis) =>
    axis < lead || (dims[axis - lead] === 1 && dim !== 1) ? [axis] : [],
  );
  return reshape(reduceSum(x, stretched), dims);
}
