import { apply, type Operator, type Value } from '../graph';
import { broadcast, operand } from '../shapes';

const operator: Operator<object> = {
  name: 'Min',
  infer: (inputs) => [broadcast('Min', operand('Min', inputs, 0), operand('Min', inputs, 1))],
  emit: (emission) => emission.node('Min'),
};

/** The smaller of each two elements, with NumPy's broadcasting. */
export function minimum(a: Value, b: Value): Value {
  return apply(operator, [a, b], {});
}
