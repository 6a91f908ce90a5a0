import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';

const operator: Operator<object> = {
  name: 'Sqrt',
  infer: (inputs) => [operand('Sqrt', inputs, 0)],
  emit: (emission) => emission.node('Sqrt'),
};

/** The square root of each element. */
export function squareRoot(x: Value): Value {
  return apply(operator, [x], {});
}
