import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';

const operator: Operator<object> = {
  name: 'Cos',
  infer: (inputs) => [operand('Cos', inputs, 0)],
  emit: (emission) => emission.node('Cos'),
};

/** The cosine of each element, in radians. */
export function cosine(x: Value): Value {
  return apply(operator, [x], {});
}
