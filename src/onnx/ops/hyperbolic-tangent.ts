import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';

const operator: Operator<object> = {
  name: 'Tanh',
  infer: (inputs) => [operand('Tanh', inputs, 0)],
  emit: (emission) => emission.node('Tanh'),
};

/** The hyperbolic tangent of each element. */
export function hyperbolicTangent(x: Value): Value {
  return apply(operator, [x], {});
}
