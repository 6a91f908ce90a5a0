import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';
import { divide } from './divide';

const operator: Operator<object> = {
  name: 'Log',
  infer: (inputs) => [operand('Log', inputs, 0)],
  emit: (emission) => emission.node('Log'),
  gradient: ({ input, cotangent }) => [() => divide(cotangent(0), input(0))],
};

/** The natural logarithm of each element. */
export function logarithm(x: Value): Value {
  return apply(operator, [x], {});
}
