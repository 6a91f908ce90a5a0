import { apply, type Operator, type Value } from '../graph';
import { broadcast, operand } from '../shapes';
import { sumTo } from './expand';
import { logarithm } from './logarithm';
import { multiply } from './multiply';
import { subtract } from './subtract';

const operator: Operator<object> = {
  name: 'Pow',
  infer: (inputs) => [broadcast('Pow', operand('Pow', inputs, 0), operand('Pow', inputs, 1))],
  emit: (emission) => emission.node('Pow'),
  gradient: ({ input, output, cotangent }) => [
    () => {
      const less = subtract(input(1), input(1).graph.constant([1], [1], input(1).type));
      return sumTo(multiply(cotangent(0), multiply(input(1), power(input(0), less))), input(0).dims);
    },
    () => sumTo(multiply(cotangent(0), multiply(output(0), logarithm(input(0)))), input(1).dims),
  ],
};

/** `a` to the power of `b`, with NumPy's broadcasting. */
export function power(a: Value, b: Value): Value {
  return apply(operator, [a, b], {});
}
