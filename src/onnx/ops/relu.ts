import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';

const operator: Operator<object> = {
  name: 'Relu',
  infer: (inputs) => [operand('Relu', inputs, 0)],
  emit: (emission) => emission.node('Relu'),
};

/** `max(x, 0)`. */
export function relu(x: Value): Value {
  return apply(operator, [x], {});
}
