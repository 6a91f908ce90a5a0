import { apply, type Operator, type Value } from '../graph';
import { broadcast, operand } from '../shapes';
import { isPositive } from './compare';
import { sumTo } from './expand';
import { multiply } from './multiply';
import { subtract } from './subtract';

const operator: Operator<object> = {
  name: 'Min',
  infer: (inputs) => [broadcast('Min', operand('Min', inputs, 0), operand('Min', inputs, 1))],
  emit: (emission) => emission.node('Min'),
  gradient: ({ input, cotangent }) => {
    const first = () => isPositive(subtract(input(1), input(0)));
    return [
      () => sumTo(multiply(cotangent(0), first()), input(0).dims),
      () => sumTo(subtract(cotangent(0), multiply(cotangent(0), first())), input(1).dims),
    ];
  },
};

/** The smaller of each two elements, with NumPy's broadcasting. */
export function minimum(a: Value, b: Value): Value {
  return apply(operator, [a, b], {});
}
