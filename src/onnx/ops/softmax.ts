import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';
import { reduceSum } from './expand';
import { multiply } from './multiply';
import { subtract } from './subtract';

const operator: Operator<object> = {
  name: 'Softmax',
  infer: (inputs) => [operand('Softmax', inputs, 0)],
  emit: (emission) => emission.node('Softmax', { attributes: { axis: { int: -1 } } }),
  gradient: ({ output, cotangent }) => [
    () => {
      const [y, given] = [output(0), cotangent(0)];
      return multiply(y, subtract(given, reduceSum(multiply(given, y), [y.dims.length - 1])));
    },
  ],
};

/** Along the last axis. */
export function softmax(x: Value): Value {
  return apply(operator, [x], {});
}
