import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';

const operator: Operator<object> = {
  name: 'Softmax',
  infer: (inputs) => [operand('Softmax', inputs, 0)],
  emit: (emission) => emission.node('Softmax', { attributes: { axis: { int: -1 } } }),
};

/** Along the last axis. */
export function softmax(x: Value): Value {
  return apply(operator, [x], {});
}
