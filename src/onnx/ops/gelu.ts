import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';
import { add } from './add';
import { errorFunction } from './error-function';
import { exponential } from './exponential';
import { multiply } from './multiply';

const operator: Operator<object> = {
  name: 'Gelu',
  infer: (inputs) => [operand('Gelu', inputs, 0)],
  emit: (emission) => emission.node('Gelu', { attributes: { approximate: { text: 'none' } } }),
  gradient: ({ input, cotangent }) => [
    () => {
      const x = input(0);
      const number = (value: number) => x.graph.constant([value], [1], x.type);
      const area = multiply(add(errorFunction(multiply(x, number(Math.SQRT1_2))), number(1)), number(0.5));
      const bell = multiply(exponential(multiply(multiply(x, x), number(-0.5))), number(1 / Math.sqrt(2 * Math.PI)));
      return multiply(cotangent(0), add(area, multiply(x, bell)));
    },
  ],
};

/** `x * Φ(x)` with the exact normal distribution function, as torch's `gelu` without approximation. */
export function gelu(x: Value): Value {
  return apply(operator, [x], {});
}
