import type { Device, Network, Tensor } from '../src/core/device';
import type { Graph, Value } from '../src/onnx/graph';
import { defineNetwork } from '../src/onnx/network';
import { add } from '../src/onnx/ops/add';
import { concatenate } from '../src/onnx/ops/concatenate';
import { divide } from '../src/onnx/ops/divide';
import { matrixMultiply } from '../src/onnx/ops/matrix-multiply';
import { multiply } from '../src/onnx/ops/multiply';
import { reduceMean } from '../src/onnx/ops/reduce-mean';
import { reshape } from '../src/onnx/ops/reshape';
import { split } from '../src/onnx/ops/split';
import { squareRoot } from '../src/onnx/ops/square-root';
import { subtract } from '../src/onnx/ops/subtract';
import { describe, elements } from '../src/onnx/shapes';
import { outputOf } from './outputs';

export interface Term {
  readonly tensor: Tensor;
  readonly coefficient: number;
}

/** `sum of coefficient * tensor`, of tensors with one shape. */
export async function linearCombination(device: Device, terms: readonly Term[]): Promise<Tensor> {
  const [combination] = await linearCombinations(
    device,
    terms.map(({ tensor }) => tensor),
    [terms.map(({ coefficient }) => coefficient)],
  );
  if (!combination) throw new Error('There is nothing to combine.');
  return combination;
}

/**
 * Several linear combinations of the same tensors in one run: result `i` is the sum of `coefficients[i][j] * tensors[j]`.
 * The coefficients are one input of the network, so one session serves all steps of a sampler.
 */
export async function linearCombinations(
  device: Device,
  tensors: readonly Tensor[],
  coefficients: readonly (readonly number[])[],
): Promise<Tensor[]> {
  const short = coefficients.find((row) => row.length !== tensors.length);
  if (short) throw new Error(`There are ${tensors.length} tensors to combine, but ${short.length} coefficients.`);
  const dims = sameShape(tensors);
  const network = combinationNetwork(dims, tensors.length, coefficients.length);
  const matrix = device.tensor(Float32Array.from(coefficients.flat()), [coefficients.length, tensors.length]);
  try {
    const feeds = Object.fromEntries(tensors.map((tensor, j) => [`x_${j}`, tensor]));
    const results = await device.run(network, { ...feeds, coefficients: matrix });
    return coefficients.map((_, i) => outputOf(results, `y_${i}`));
  } finally {
    device.dispose(matrix);
  }
}

/** The tensors become the rows of one matrix, which the coefficients multiply. */
function combinationNetwork(dims: readonly number[], inputs: number, outputs: number): Network {
  return defineNetwork(`linear-combinations ${dims.join('x')} ${inputs} to ${outputs}`, (graph) => {
    const row = (j: number) => reshape(graph.input(`x_${j}`, dims), [1, elements(dims)]);
    const [first, ...more] = Array.from({ length: inputs }, (_, j) => row(j)) as [Value, ...Value[]];
    const sums = matrixMultiply(
      graph.input('coefficients', [outputs, inputs]),
      more.length ? concatenate([first, ...more], 0) : first,
    );
    const rows = outputs > 1 ? split(sums, 0, new Array(outputs).fill(1)) : [sums];
    for (const [i, sum] of rows.entries()) graph.output(`y_${i}`, reshape(sum, dims));
  });
}

/**
 * Runs a small network that has one output: `build` makes it of the inputs that `feeds` names. `key` says what is
 * computed, with every number that `build` writes into the graph; the shapes are added to it.
 */
export async function compute<N extends string>(
  device: Device,
  key: string,
  feeds: Readonly<Record<N, Tensor>>,
  build: (inputs: Readonly<Record<N, Value>>, graph: Graph) => Value,
): Promise<Tensor> {
  const named = Object.entries<Tensor>(feeds);
  const shapes = named.map(([name, { dims }]) => `${name} ${dims.join('x')}`).join(', ');
  const network = defineNetwork(`${key}: ${shapes}`, (graph) => {
    const inputs = Object.fromEntries(named.map(([name, { dims }]) => [name, graph.input(name, dims)]));
    graph.output('result', build(inputs as Record<N, Value>, graph));
  });
  return outputOf(await device.run(network, feeds), 'result');
}

/** `mean + std * noise`: a draw from the posterior of an encoder. One picture and many noises make many latents. */
export function drawSample(device: Device, mean: Tensor, std: Tensor, noise: Tensor): Promise<Tensor> {
  return compute(device, 'sample of a normal', { mean, std, noise }, (inputs) =>
    add(inputs.mean, multiply(inputs.std, inputs.noise)),
  );
}

/**
 * Classifier-free guidance, https://arxiv.org/abs/2207.12598: `u + scale * (c - u)`, and where `rescale` is not 0 that much
 * of the way back to the standard deviation of `c`, https://arxiv.org/abs/2305.08891 section 3.4. Predictions `[n, c, h, w]`.
 */
export async function guide(
  device: Device,
  conditional: Tensor,
  unconditional: Tensor,
  { scale, rescale }: { readonly scale: number; readonly rescale: number },
): Promise<Tensor> {
  if (rescale === 0) {
    return linearCombination(device, [
      { tensor: unconditional, coefficient: 1 - scale },
      { tensor: conditional, coefficient: scale },
    ]);
  }
  const dims = sameShape([conditional, unconditional]);
  const network = defineNetwork(`rescaled-guidance ${dims.join('x')}`, (graph) => buildRescaledGuidance(graph, dims));
  const scalars = {
    scale: device.tensor(Float32Array.of(scale), [1]),
    rescale: device.tensor(Float32Array.of(rescale), [1]),
  };
  try {
    return outputOf(await device.run(network, { conditional, unconditional, ...scalars }), 'guided');
  } finally {
    for (const scalar of Object.values(scalars)) device.dispose(scalar);
  }
}

function buildRescaledGuidance(graph: Graph, dims: readonly number[]): void {
  const conditional = graph.input('conditional', dims);
  const unconditional = graph.input('unconditional', dims);
  const rescale = graph.input('rescale', [1]);
  const difference = subtract(conditional, unconditional);
  const guided = add(unconditional, multiply(graph.input('scale', [1]), difference));
  const factor = divide(deviation(conditional), deviation(guided));
  const rescaled = multiply(guided, factor);
  graph.output('guided', add(guided, multiply(rescale, subtract(rescaled, guided))));
}

/** Standard deviation of each item of a batch. Whether it is divided by n or n - 1 cancels in the ratio. */
function deviation(x: Value): Value {
  const axes = x.dims.map((_, axis) => axis).slice(1);
  const centred = subtract(x, reduceMean(x, axes));
  return squareRoot(reduceMean(multiply(centred, centred), axes));
}

function sameShape(tensors: readonly Tensor[]): readonly number[] {
  const [first, ...others] = tensors;
  if (!first) throw new Error('There is nothing to combine.');
  const other = others.find(({ dims }) => dims.join() !== first.dims.join());
  if (other) {
    throw new Error(`These tensors differ in shape, ${describe(first.dims)} and ${describe(other.dims)}.`);
  }
  return first.dims;
}
