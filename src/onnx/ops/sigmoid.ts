import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';

const operator: Operator<object> = {
  name: 'Sigmoid',
  infer: (inputs) => [operand('Sigmoid', inputs, 0)],
  emit: (emission) => emission.node('Sigmoid'),
};

/** `1 / (1 + exp(-x))`. */
export function sigmoid(x: Value): Value {
  return apply(operator, [x], {});
}
