import { apply, type Operator, type Value } from '../graph';
import { broadcast, describe, operand } from '../shapes';

interface Attributes {
  readonly dims: readonly number[];
}

const operator: Operator<Attributes> = {
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
};

/** Repeats `x` along its dimensions of 1 until it has the shape `dims`. */
export function expand(x: Value, dims: readonly number[]): Value {
  return x.dims.join() === dims.join() ? x : apply(operator, [x], { dims });
}
