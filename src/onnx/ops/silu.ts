import { applyAll, type Operator, type Value } from '../graph';
import { operand } from '../shapes';
import { add } from './add';
import { multiply } from './multiply';
import { subtract } from './subtract';

/** Its second output is the sigmoid, for the gradient. */
const operator: Operator<object> = {
  name: 'Silu',
  infer: (inputs) => [operand('Silu', inputs, 0), operand('Silu', inputs, 0)],
  emit({ node, inputs: [x = ''], outputs: [y = '', gate = ''] }) {
    node('Sigmoid', { inputs: [x], outputs: [gate] });
    node('Mul', { inputs: [x, gate], outputs: [y] });
  },
  gradient: ({ output, cotangent }) => [() => sigmoidProductGradient(cotangent(0), output(1), output(0))],
};

/**
 * The derivative by `x` of `y = x s` with `s = sigmoid(a x)`, for the derivative `given` by `y`: s + a y (1 - s), times that.
 * `scaled` is `a y`.
 */
export function sigmoidProductGradient(given: Value, gate: Value, scaled: Value): Value {
  const one = gate.graph.constant([1], [1], gate.type);
  return multiply(given, add(gate, multiply(scaled, subtract(one, gate))));
}

/** `x * sigmoid(x)`, https://arxiv.org/abs/1702.03118 */
export function silu(x: Value): Value {
  const [y] = applyAll(operator, [x], {});
  if (!y) throw new Error('Silu has no output.');
  return y;
}
