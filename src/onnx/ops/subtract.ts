import { apply, type Operator, type Value } from '../graph';
import { broadcast, operand } from '../shapes';
import { sumTo } from './expand';
import { negate } from './negate';

const operator: Operator<object> = {
  name: 'Sub',
  infer: (inputs) => [broadcast('Sub', operand('Sub', inputs, 0), operand('Sub', inputs, 1))],
  emit: (emission) => emission.node('Sub'),
  gradient: ({ input, cotangent }) => [
    () => sumTo(cotangent(0), input(0).dims),
    () => sumTo(negate(cotangent(0)), input(1).dims),
  ],
};

/** `a - b`, with NumPy's broadcasting. */
export function subtract(a: Value, b: Value): Value {
  return apply(operator, [a, b], {});
}
