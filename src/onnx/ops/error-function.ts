import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';
import { exponential } from './exponential';
import { multiply } from './multiply';

const operator: Operator<object> = {
  name: 'Erf',
  infer: (inputs) => [operand('Erf', inputs, 0)],
  emit: (emission) => emission.node('Erf'),
  gradient: ({ input, cotangent }) => [
    () => {
      const x = input(0);
      const number = (value: number) => x.graph.constant([value], [1], x.type);
      const bell = exponential(multiply(multiply(x, x), number(-1)));
      return multiply(cotangent(0), multiply(bell, number(2 / Math.sqrt(Math.PI))));
    },
  ],
};

/** The Gauss error function: 2 / √π times the integral of exp(-t²) from 0 to x. */
export function errorFunction(x: Value): Value {
  return apply(operator, [x], {});
}
