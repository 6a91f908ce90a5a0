import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';

const operator: Operator<object> = {
  name: 'Neg',
  infer: (inputs) => [operand('Neg', inputs, 0)],
  emit: (emission) => emission.node('Neg'),
  gradient: ({ cotangent }) => [() => negate(cotangent(0))],
};

/** `-x`. */
export function negate(x: Value): Value {
  return apply(operator, [x], {});
}
