import { apply, type Operator, type Value } from '../graph';
import { describe, dimension, operand } from '../shapes';
import { sumTo } from './expand';
import { multiply } from './multiply';
import { normalizationGradient, normalized } from './normalization-gradient';

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
  gradient: ({ input, attributes: { epsilon }, cotangent }) => {
    const [x, scale] = [input(0), input(1)];
    const last = [x.dims.length - 1];
    const normal = () => normalized(x, last, epsilon);
    return [
      () => normalizationGradient(x, normal(), multiply(cotangent(0), scale), last, epsilon),
      () => sumTo(multiply(cotangent(0), normal()), scale.dims),
      () => sumTo(cotangent(0), input(2).dims),
    ];
  },
};

/** Over the last axis, then `* scale + bias`, each `[d]`. */
export function layerNormalization(x: Value, scale: Value, bias: Value, epsilon: number): Value {
  return apply(operator, [x, scale, bias], { epsilon });
}
