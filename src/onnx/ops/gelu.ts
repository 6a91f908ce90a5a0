import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';

const operator: Operator<object> = {
  name: 'Gelu',
  infer: (inputs) => [operand('Gelu', inputs, 0)],
  emit: (emission) => emission.node('Gelu', { attributes: { approximate: { text: 'none' } } }),
};

/** `x * Φ(x)` with the exact normal distribution function, as torch's `gelu` without approximation. */
export function gelu(x: Value): Value {
  return apply(operator, [x], {});
}
