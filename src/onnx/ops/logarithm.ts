import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';

const operator: Operator<object> = {
  name: 'Log',
  infer: (inputs) => [operand('Log', inputs, 0)],
  emit: (emission) => emission.node('Log'),
};

/** The natural logarithm of each element. */
export function logarithm(x: Value): Value {
  return apply(operator, [x], {});
}
