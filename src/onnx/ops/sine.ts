import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';
import { add } from './add';
import { multiply } from './multiply';

const operator: Operator<object> = {
  name: 'Sin',
  infer: (inputs) => [operand('Sin', inputs, 0)],
  emit: (emission) => emission.node('Sin'),
  gradient: ({ input, cotangent }) => [
    () => {
      const { graph, type } = input(0);
      return multiply(cotangent(0), sine(add(input(0), graph.constant([Math.PI / 2], [1], type))));
    },
  ],
};

/** The sine of each element, in radians. */
export function sine(x: Value): Value {
  return apply(operator, [x], {});
}
