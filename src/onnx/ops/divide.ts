import { apply, type Operator, type Value } from '../graph';
import { broadcast, operand } from '../shapes';

const operator: Operator<object> = {
  name: 'Div',
  infer: (inputs) => [broadcast('Div', operand('Div', inputs, 0), operand('Div', inputs, 1))],
  emit: (emission) => emission.node('Div'),
};

/** `a / b`, with NumPy's broadcasting. */
export function divide(a: Value, b: Value): Value {
  return apply(operator, [a, b], {});
}
