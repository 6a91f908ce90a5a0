import { apply, applyAll, type Operator, type Value } from '../graph';
import { describe, dimension, operand } from '../shapes';
import { cast } from './cast';
import { sumTo } from './expand';
import { multiply } from './multiply';
import { standardGradient } from './normalization-gradient';
import { subtract } from './subtract';

interface Attributes {
  readonly epsilon: number;
  /** Whether the mean of each row and the reciprocal of its deviation are outputs, too: the gradient takes them. */
  readonly statistics: boolean;
}

const operator: Operator<Attributes> = {
  name: 'LayerNormalization',
  infer(inputs, { statistics }) {
    const x = operand('LayerNormalization', inputs, 0);
    for (const { dims } of inputs.slice(1)) {
      if (dims.join() !== String(dimension(x, -1))) {
        throw new Error(`LayerNormalization: ${describe(dims)} does not fit the last axis of ${describe(x)}.`);
      }
    }
    const ofRows = x.with(-1, 1);
    return statistics ? [x, ofRows, ofRows] : [x];
  },
  emit: ({ node, attributes: { epsilon } }) =>
    node('LayerNormalization', { attributes: { axis: { int: -1 }, epsilon: { float: epsilon } } }),
  gradient: ({ input, output, attributes: { statistics }, cotangent }) => {
    if (!statistics) throw new Error('Fused layer normalization has no gradient. Build the graph with `fused: false`.');
    const last = [input(0).dims.length - 1];
    const normal = () => multiply(subtract(input(0), output(1)), output(2));
    return [
      () => standardGradient(normal(), multiply(cotangent(0), input(1)), last, output(2)),
      () => sumTo(multiply(cotangent(0), normal()), input(1).dims),
      () => sumTo(cotangent(0), input(2).dims),
    ];
  },
};

/** Over the last axis, then `* scale + bias`, each `[d]`. */
export function layerNormalization(x: Value, scale: Value, bias: Value, epsilon: number): Value {
  if (x.graph.options.fused) return apply(operator, [x, scale, bias], { epsilon, statistics: false });
  // In half precision the gradient's sums over the axis would be off by more than what they are of.
  const [first, ...rest] = [x, scale, bias].map((value) => cast(value, 'float32')) as [Value, Value, Value];
  const [normal] = applyAll(operator, [first, ...rest], { epsilon, statistics: true });
  return cast(normal as Value, x.type);
}
