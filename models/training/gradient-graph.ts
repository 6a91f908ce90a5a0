import { gradients } from '../../src/onnx/gradient';
import type { Graph, GraphOptions, Precision, Recomputable, Value } from '../../src/onnx/graph';
import { concatenate } from '../../src/onnx/ops/concatenate';
import { reduceSum } from '../../src/onnx/ops/expand';
import { multiply } from '../../src/onnx/ops/multiply';
import { reshape } from '../../src/onnx/ops/reshape';
import { slice } from '../../src/onnx/ops/slice';
import { elements } from '../../src/onnx/shapes';

/** What is trained: an input of the loss's graph. */
export interface TrainedParameter {
  readonly name: string;
  readonly dims: readonly number[];
}

/** A loss and what it is derived by. */
export interface GradientSettings {
  readonly parameters: readonly TrainedParameter[];
  /** Builds the loss `[1]`, of whose graph the parameters are inputs by their names. */
  readonly loss: (graph: Graph) => Value;
  /** What the backward pass computes again instead of keeping it. */
  readonly recompute?: readonly Recomputable[];
  /** What the network computes in. The loss and what is trained are float32 in any case. */
  readonly precision?: Exclude<Precision, 'float16-weights'>;
}

/** Whether small derivatives would be rounded to 0 and large ones to infinity, so that the loss has a scale. */
export const isScaled = ({ precision }: Pick<GradientSettings, 'precision'>): boolean => precision === 'float16';

/** The input `[1]` that a loss which has a scale is multiplied with. */
export const SCALE_INPUT = 'scale';

/** Thousands of nodes take the runtime seconds to look through, and steps are hardly faster after it. */
export const gradientOptions = ({ recompute = [], precision = 'float32' }: GradientSettings): GraphOptions => ({
  fused: false,
  optimization: 'none',
  precision,
  recompute,
});

/** The input that holds all that is trained, one parameter after the other. */
export const TRAINED = 'trained';

/** The number of elements of each parameter. */
export const sizesOf = ({ parameters }: Pick<GradientSettings, 'parameters'>): number[] =>
  parameters.map(({ dims }) => elements(dims));

export const sum = (sizes: readonly number[]): number => sizes.reduce((all, size) => all + size, 0);

/**
 * The loss and its gradient. All parameters come and all derivatives go as one tensor, so that the optimizer works on one.
 * Inputs: those of the loss that are not trained, and `TRAINED`. Outputs: `loss` `[1]`, and `gradient`, the derivatives by
 * the parameters one after the other. Where the loss has a scale: times `SCALE_INPUT`, and `sound` `[1]`, which is finite where
 * all of them are.
 */
export function buildGradients(graph: Graph, settings: GradientSettings): void {
  const { parameters } = settings;
  const sizes = sizesOf(settings);
  const all = graph.input(TRAINED, [sum(sizes)], 'float32');
  let begin = 0;
  const values = parameters.map(({ name, dims }, i) => {
    const end = begin + (sizes[i] as number);
    const value = reshape(slice(all, 0, begin, end), dims);
    begin = end;
    graph.supply(name, value);
    return value;
  });
  const loss = settings.loss(graph);
  graph.output('loss', loss);
  const scale = isScaled(settings) ? graph.input(SCALE_INPUT, [1], loss.type) : undefined;
  const derivatives = gradients(loss, values, scale);
  const gradient = joined(derivatives.map((value, i) => reshape(value, [sizes[i] as number])));
  graph.output('gradient', gradient);
  // So small that a sum of finite ones does not overflow.
  if (scale) graph.output('sound', reduceSum(multiply(gradient, graph.constant([2 ** -40], [1], gradient.type)), [0]));
}

/** Graphics adapters bind at least eight buffers to a kernel, one of which is for the result. */
const MOST_AT_ONCE = 7;

function joined(values: readonly Value[]): Value {
  const groups = Array.from({ length: Math.ceil(values.length / MOST_AT_ONCE) }, (_, i) => {
    const group = values.slice(i * MOST_AT_ONCE, (i + 1) * MOST_AT_ONCE);
    return concatenate(group as [Value, ...Value[]], 0);
  });
  const [only] = groups;
  if (!only) throw new Error('Nothing is trained.');
  return groups.length === 1 ? only : joined(groups);
}
