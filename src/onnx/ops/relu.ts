import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';
import { isPositive } from './compare';
import { multiply } from './multiply';

const operator: Operator<object> = {
  name: 'Relu',
  infer: (inputs) => [operand('Relu', inputs, 0)],
  emit: (emission) => emission.node('Relu'),
  gradient: ({ output, cotangent }) => [() => multiply(cotangent(0), isPositive(output(0)))],
};

/** `max(x, 0)`. */
export function relu(x: Value): Value {
  return apply(operator, [x], {});
}
