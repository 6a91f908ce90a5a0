import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';

const operator: Operator<object> = {
  name: 'Round',
  infer: (inputs) => [operand('Round', inputs, 0)],
  emit: (emission) => emission.node('Round'),
  gradient() {
    throw new Error('Rounding has no gradient: it is 0 wherever there is one.');
  },
};

/** The nearest whole number; halves go to the even one. */
export function round(x: Value): Value {
  return apply(operator, [x], {});
}
