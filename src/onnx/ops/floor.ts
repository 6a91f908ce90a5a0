import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';

const operator: Operator<object> = {
  name: 'Floor',
  infer: (inputs) => [operand('Floor', inputs, 0)],
  emit: (emission) => emission.node('Floor'),
  gradient() {
    throw new Error('Rounding down has no gradient: it is 0 wherever there is one.');
  },
};

/** The next whole number below. */
export function floor(x: Value): Value {
  return apply(operator, [x], {});
}
