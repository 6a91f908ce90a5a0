import { apply, type Operator, type Value } from '../graph';
import { broadcast, operand } from '../shapes';

const operator: Operator<object> = {
  name: 'Mul',
  infer: (inputs) => [broadcast('Mul', operand('Mul', inputs, 0), operand('Mul', inputs, 1))],
  emit: (emission) => emission.node('Mul'),
};

/** `a * b`, with NumPy's broadcasting. */
export function multiply(a: Value, b: Value): Value {
  return apply(operator, [a, b], {});
}
