import { apply, type Operator, type Value } from '../graph';
import { broadcast, operand } from '../shapes';

const operator: Operator<object> = {
  name: 'Max',
  infer: (inputs) => [broadcast('Max', operand('Max', inputs, 0), operand('Max', inputs, 1))],
  emit: (emission) => emission.node('Max'),
};

/** The larger of each two elements, with NumPy's broadcasting. */
export function maximum(a: Value, b: Value): Value {
  return apply(operator, [a, b], {});
}
