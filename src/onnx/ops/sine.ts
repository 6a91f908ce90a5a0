import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';

const operator: Operator<object> = {
  name: 'Sin',
  infer: (inputs) => [operand('Sin', inputs, 0)],
  emit: (emission) => emission.node('Sin'),
};

/** The sine of each element, in radians. */
export function sine(x: Value): Value {
  return apply(operator, [x], {});
}
