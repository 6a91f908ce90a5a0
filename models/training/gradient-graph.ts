import { gradients } from '../../src/onnx/gradient';
import type { Graph, GraphOptions, Precision, Recomputable, Value } from '../../src/onnx/graph';

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

/**
 * What the loss is multiplied with in half precision, so that small derivatives are not rounded to 0, and its derivatives are
 * divided by after: https://arxiv.org/abs/1710.03740, section 3.2. A power of two, which changes no digit.
 */
const HALF_PRECISION_SCALE = 2 ** 10;

export const lossScale = ({ precision }: Pick<GradientSettings, 'precision'>): number =>
  precision === 'float16' ? HALF_PRECISION_SCALE : 1;

export const gradientOptions = ({ recompute = [], precision = 'float32' }: GradientSettings): GraphOptions => ({
  fused: false,
  precision,
  recompute,
});

/** Outputs: `loss` `[1]`, and `gradient_0` ..., its derivatives by the parameters in their shapes, times `lossScale`. */
export function buildGradients(graph: Graph, settings: GradientSettings): void {
  const loss = settings.loss(graph);
  graph.output('loss', loss);
  const inputs = settings.parameters.map(({ name }) => inputOf(graph, name));
  for (const [i, gradient] of gradients(loss, inputs, lossScale(settings)).entries()) {
    graph.output(`gradient_${i}`, gradient);
  }
}

function inputOf(graph: Graph, name: string): Value {
  const found = graph.inputs.find(({ origin }) => origin.kind === 'input' && origin.name === name);
  if (!found) throw new Error(`The loss has no input "${name}" to be trained.`);
  return found;
}
