import { apply, type Operator, type Value } from '../graph';
import { operand } from '../shapes';
import { multiply } from './multiply';
import { sigmoid } from './sigmoid';
import { sigmoidProductGradient } from './silu';

/** Of CLIP, https://github.com/openai/CLIP/blob/main/clip/model.py */
const SLOPE = 1.702;

const operator: Operator<object> = {
  name: 'QuickGelu',
  infer: (inputs) => [operand('QuickGelu', inputs, 0)],
  emit: (emission) => emission.node('QuickGelu', { domain: 'com.microsoft', attributes: { alpha: { float: SLOPE } } }),
  gradient: ({ input, output, cotangent }) => [
    () => {
      const slope = input(0).graph.constant([SLOPE], [1], input(0).type);
      const gate = sigmoid(multiply(input(0), slope));
      return sigmoidProductGradient(cotangent(0), gate, multiply(output(0), slope));
    },
  ],
};

/** `x * sigmoid(1.702 x)`. */
export function quickGelu(x: Value): Value {
  return apply(operator, [x], {});
}
