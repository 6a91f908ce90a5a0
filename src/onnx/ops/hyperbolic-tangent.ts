import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';
import { multiply } from './multiply';
import { subtract } from './subtract';

const operator: Operator<object> = {
  name: 'Tanh',
  infer: (inputs) => [operand('Tanh', inputs, 0)],
  emit: (emission) => emission.node('Tanh'),
  gradient: ({ output, cotangent }) => [
    () => {
      const y = output(0);
      return multiply(cotangent(0), subtract(y.graph.constant([1], [1], y.type), multiply(y, y)));
    },
  ],
};

/** The hyperbolic tangent of each element. */
export function hyperbolicTangent(x: Value): Value {
  return apply(operator, [x], {});
}
