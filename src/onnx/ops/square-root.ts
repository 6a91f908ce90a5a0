import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';
import { divide } from './divide';
import { multiply } from './multiply';

const operator: Operator<object> = {
  name: 'Sqrt',
  infer: (inputs) => [operand('Sqrt', inputs, 0)],
  emit: (emission) => emission.node('Sqrt'),
  gradient: ({ output, cotangent }) => [
    () => divide(cotangent(0), multiply(output(0), output(0).graph.constant([2], [1], output(0).type))),
  ],
};

/** The square root of each element. */
export function squareRoot(x: Value): Value {
  return apply(operator, [x], {});
}
