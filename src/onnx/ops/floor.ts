import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';

const operator: Operator<object> = {
  name: 'Floor',
  infer: (inputs) => [operand('Floor', inputs, 0)],
  emit: (emission) => emission.node('Floor'),
};

/** The next whole number below. */
export function floor(x: Value): Value {
  return apply(operator, [x], {});
}
