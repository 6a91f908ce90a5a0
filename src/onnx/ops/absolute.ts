import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';
import { isPositive } from './compare';
import { multiply } from './multiply';
import { negate } from './negate';
import { subtract } from './subtract';

const operator: Operator<object> = {
  name: 'Abs',
  infer: (inputs) => [operand('Abs', inputs, 0)],
  emit: (emission) => emission.node('Abs'),
  gradient: ({ input, cotangent }) => [
    () => multiply(cotangent(0), subtract(isPositive(input(0)), isPositive(negate(input(0))))),
  ],
};

/** The size of each element without its sign. */
export function absolute(x: Value): Value {
  return apply(operator, [x], {});
}
