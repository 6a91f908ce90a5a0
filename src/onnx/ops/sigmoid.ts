import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';
import { multiply } from './multiply';
import { subtract } from './subtract';

const operator: Operator<object> = {
  name: 'Sigmoid',
  infer: (inputs) => [operand('Sigmoid', inputs, 0)],
  emit: (emission) => emission.node('Sigmoid'),
  gradient: ({ output, cotangent }) => [
    () => {
      const y = output(0);
      return multiply(cotangent(0), multiply(y, subtract(y.graph.constant([1], [1], y.type), y)));
    },
  ],
};

/** `1 / (1 + exp(-x))`. */
export function sigmoid(x: Value): Value {
  return apply(operator, [x], {});
}
