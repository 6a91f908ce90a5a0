import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';

const operator: Operator<object> = {
  name: 'Abs',
  infer: (inputs) => [operand('Abs', inputs, 0)],
  emit: (emission) => emission.node('Abs'),
};

/** The size of each element without its sign. */
export function absolute(x: Value): Value {
  return apply(operator, [x], {});
}
