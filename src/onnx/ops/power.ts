import { apply, type Operator, type Value } from '../graph';
import { broadcast, operand } from '../shapes';

const operator: Operator<object> = {
  name: 'Pow',
  infer: (inputs) => [broadcast('Pow', operand('Pow', inputs, 0), operand('Pow', inputs, 1))],
  emit: (emission) => emission.node('Pow'),
};

/** `a` to the power of `b`, with NumPy's broadcasting. */
export function power(a: Value, b: Value): Value {
  return apply(operator, [a, b], {});
}
