import { apply, type Operator, type Value } from '../graph';
import { broadcast, operand } from '../shapes';
import { sumTo } from './expand';
import { multiply } from './multiply';
import { negate } from './negate';

const operator: Operator<object> = {
  name: 'Div',
  infer: (inputs) => [broadcast('Div', operand('Div', inputs, 0), operand('Div', inputs, 1))],
  emit: (emission) => emission.node('Div'),
  gradient: ({ input, output, cotangent }) => [
    () => sumTo(divide(cotangent(0), input(1)), input(0).dims),
    () => sumTo(negate(divide(multiply(cotangent(0), output(0)), input(1))), input(1).dims),
  ],
};

/** `a / b`, with NumPy's broadcasting. */
export function divide(a: Value, b: Value): Value {
  return apply(operator, [a, b], {});
}
