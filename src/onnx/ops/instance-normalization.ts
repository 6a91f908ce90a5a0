import { apply, type Operator, type Value } from '../graph';
import { dimension, float32, operand } from '../shapes';

interface Attributes {
  readonly epsilon: number;
}

const operator: Operator<Attributes> = {
  name: 'InstanceNormalization',
  infer: (inputs) => [float32(operand('InstanceNormalization', inputs, 0))],
  emit({ node, inputs, attributes: { epsilon } }) {
    node('InstanceNormalization', { inputs, attributes: { epsilon: { float: epsilon } } });
  },
};

/** Every channel of every item of `[n, c, ...]` brought to mean 0 and variance 1; no scale and no bias. */
export function instanceNormalization(x: Value, epsilon: number): Value {
  const channels = dimension(x.dims, 1);
  const ones = x.graph.constant(new Float32Array(channels).fill(1));
  const zeros = x.graph.constant(new Float32Array(channels));
  return apply(operator, [x, ones, zeros], { epsilon });
}
