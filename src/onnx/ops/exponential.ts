import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';
import { multiply } from './multiply';

const operator: Operator<object> = {
  name: 'Exp',
  infer: (inputs) => [operand('Exp', inputs, 0)],
  emit: (emission) => emission.node('Exp'),
  gradient: ({ output, cotangent }) => [() => multiply(cotangent(0), output(0))],
};

/** e to the power of each element. */
export function exponential(x: Value): Value {
  return apply(operator, [x], {});
}
