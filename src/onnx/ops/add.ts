import { apply, type Operator, type Value } from '../graph';
import { broadcast, operand } from '../shapes';
import { sumTo } from './expand';

const operator: Operator<object> = {
  name: 'Add',
  infer: (inputs) => [broadcast('Add', operand('Add', inputs, 0), operand('Add', inputs, 1))],
  emit: (emission) => emission.node('Add'),
  gradient: ({ input, cotangent }) => [
    () => sumTo(cotangent(0), input(0).dims),
    () => sumTo(cotangent(0), input(1).dims),
  ],
};

/** `a + b`, with NumPy's broadcasting. */
export function add(a: Value, b: Value): Value {
  return apply(operator, [a, b], {});
}
