import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';
import { multiply } from './multiply';
import { negate } from './negate';
import { sine } from './sine';

const operator: Operator<object> = {
  name: 'Cos',
  infer: (inputs) => [operand('Cos', inputs, 0)],
  emit: (emission) => emission.node('Cos'),
  gradient: ({ input, cotangent }) => [() => negate(multiply(cotangent(0), sine(input(0))))],
};

/** The cosine of each element, in radians. */
export function cosine(x: Value): Value {
  return apply(operator, [x], {});
}
