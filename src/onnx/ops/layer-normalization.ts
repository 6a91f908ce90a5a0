import { apply, type Operator, type Value } from '../graph';
import { describe, dimension, operand } from '../shapes';

interface Attributes {
  readonly epsilon: number;
}

const operator: Operator<Attributes> = {
  name: 'LayerNormalization',
  infer(inputs) {
    const x = operand('LayerNormalization', inputs, 0);
    for (const { dims } of inputs.slice(1)) {
      if (dims.join() !== String(dimension(x, -1))) {
        throw new Error(`LayerNormalization: ${describe(dims)} does not fit the last axis of ${describe(x)}.`);
      }
    }
    return [x];
  },
  emit: ({ node, attributes: { epsilon } }) =>
    node('LayerNormalization', { attributes: { axis: { int: -1 }, epsilon: { float: epsilon } } }),
};

/** Over the last axis, then `* scale + bias`, each `[d]`. */
export function layerNormalization(x: Value, scale: Value, bias: Value, epsilon: number): Value {
  return apply(operator, [x, scale, bias], { epsilon });
}
