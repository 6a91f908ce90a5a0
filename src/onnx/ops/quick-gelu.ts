import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';
import { multiply } from './multiply';
import { sigmoid } from './sigmoid';

/** Of CLIP, https://github.com/openai/CLIP/blob/main/clip/model.py */
const SLOPE = 1.702;

const operator: Operator<object> = {
  name: 'QuickGelu',
  infer: (inputs) => [operand('QuickGelu', inputs, 0)],
  emit: (emission) => emission.node('QuickGelu', { domain: 'com.microsoft', attributes: { alpha: { float: SLOPE } } }),
  gradient() {
    throw new Error('Fused QuickGelu has no gradient. Build the graph with `fused: false`.');
  },
};

/** `x * sigmoid(1.702 x)`. */
export function quickGelu(x: Value): Value {
  if (x.graph.options.fused) return apply(operator, [x], {});
  return multiply(x, sigmoid(multiply(x, x.graph.constant([SLOPE], [1], x.type))));
}
