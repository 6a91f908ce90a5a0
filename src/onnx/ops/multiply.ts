import { apply, type Operator, type Value } from '../graph';
import { broadcast, operand } from '../shapes';
import { sumTo } from './expand';

const operator: Operator<object> = {
  name: 'Mul',
  infer: (inputs) => [broadcast('Mul', operand('Mul', inputs, 0), operand('Mul', inputs, 1))],
  emit: (emission) => emission.node('Mul'),
  gradient: ({ input, cotangent }) => [
    () => sumTo(multiply(cotangent(0), input(1)), input(0).dims),
    () => sumTo(multiply(cotangent(0), input(0)), input(1).dims),
  ],
};

/** `a * b`, with NumPy's broadcasting. */
export function multiply(a: Value, b: Value): Value {
  return apply(operator, [a, b], {});
}
