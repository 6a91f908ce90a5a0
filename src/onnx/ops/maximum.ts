import { apply, type Operator, type Value } from '../graph';
import { broadcast, operand } from '../shapes';
import { isPositive } from './compare';
import { sumTo } from './expand';
import { multiply } from './multiply';
import { subtract } from './subtract';

const operator: Operator<object> = {
  name: 'Max',
  infer: (inputs) => [broadcast('Max', operand('Max', inputs, 0), operand('Max', inputs, 1))],
  emit: (emission) => emission.node('Max'),
  gradient: ({ input, cotangent }) => {
    const first = () => isPositive(subtract(input(0), input(1)));
    return [
      () => sumTo(multiply(cotangent(0), first()), input(0).dims),
      () => sumTo(subtract(cotangent(0), multiply(cotangent(0), first())), input(1).dims),
    ];
  },
};

/** The larger of each two elements, with NumPy's broadcasting. */
export function maximum(a: Value, b: Value): Value {
  return apply(operator, [a, b], {});
}
