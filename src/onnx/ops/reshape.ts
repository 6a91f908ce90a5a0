import { apply, type Operator, type Value } from '../graph';
import { describe, elements, operand } from '../shapes';

interface Attributes {
  readonly dims: readonly number[];
}

const operator: Operator<Attributes> = {
  name: 'Reshape',
  infer(inputs, { dims }) {
    const x = operand('Reshape', inputs, 0);
    if (elements(x) !== elements(dims)) {
      throw new Error(`Reshape: ${describe(x)} and ${describe(dims)} differ in their number of elements.`);
    }
    return [dims];
  },
  emit: (emission) =>
    emission.node('Reshape', { inputs: [...emission.inputs, emission.integers(emission.attributes.dims)] }),
  gradient: ({ input, cotangent }) => [() => reshape(cotangent(0), input(0).dims)],
};

export function reshape(x: Value, dims: readonly number[]): Value {
  return x.dims.join() === dims.join() ? x : apply(operator, [x], { dims });
}
