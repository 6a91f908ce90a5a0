import { apply, type Operator, type Value } from '../graph';
import { describe, dimension, operand } from '../shapes';
import { cast } from './cast';
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
    // In half precision the sums over the axis would be off by more than what they are of.
    const wide = (value: Value) => cast(value, 'float32');
    const last = [input(0).dims.length - 1];
    const normal = () => normalized(wide(input(0)), last, epsilon);
    const narrow = (value: Value) => cast(value, input(0).type);
    return [
      () => {
        const given = multiply(wide(cotangent(0)), wide(input(1)));
        return narrow(normalizationGradient(wide(input(0)), normal(), given, last, epsilon));
      },
      () => narrow(sumTo(multiply(wide(cotangent(0)), normal()), input(1).dims)),
      () => sumTo(cotangent(0), input(2).dims),
    ];
  },
};

/** Over the last axis, then `* scale + bias`, each `[d]`. */
export function layerNormalization(x: Value, scale: Value, bias: Value, epsilon: number): Value {
  return apply(operator, [x, scale, bias], { epsilon });
}
