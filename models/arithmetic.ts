import type { Device, Network, Tensor } from '../src/core/device';
import type { Graph, Value } from '../src/onnx/graph';
import { defineNetwork } from '../src/onnx/network';
import { add } from '../src/onnx/ops/add';
import { divide } from '../src/onnx/ops/divide';
import { multiply } from '../src/onnx/ops/multiply';
import { reduceMean } from '../src/onnx/ops/reduce-mean';
import { squareRoot } from '../src/onnx/ops/square-root';
import { subtract } from '../src/onnx/ops/subtract';
import { describe } from '../src/onnx/shapes';
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
 * The coefficients are inputs of the network, so one session serves all steps of a sampler.
 */
export async function linearCombinations(
  device: Device,
  tensors: readonly Tensor[],
  coefficients: readonly (readonly number[])[],
): Promise<Tensor[]> {
  const dims = sameShape(tensors);
  const network = combinationNetwork(dims, tensors.length, coefficients.length);
  const feeds: Record<string, Tensor> = {};
  const scalars: Tensor[] = [];
  tensors.forEach((tensor, j) => {
    feeds[`x_${j}`] = tensor;
  });
  coefficients.forEach((row, i) => {
    if (row.length !== tensors.length) {
      throw new Error(`There are ${tensors.length} tensors to combine, but ${row.length} coefficients.`);
    }
    row.forEach((coefficient, j) => {
      const scalar = device.tensor(Float32Array.of(coefficient), [1]);
      scalars.push(scalar);
      feeds[`c_${i}_${j}`] = scalar;
    });
  });
  try {
    const results = await device.run(network, feeds);
    return coefficients.map((_, i) => outputOf(results, `y_${i}`));
  } finally {
    for (const scalar of scalars) device.dispose(scalar);
  }
}

function combinationNetwork(dims: readonly number[], inputs: number, outputs: number): Network {
  return defineNetwork(`linear-combinations ${dims.join('x')} ${inputs} to ${outputs}`, (graph) => {
    const tensors = Array.from({ length: inputs }, (_, j) => graph.input(`x_${j}`, dims));
    for (let i = 0; i < outputs; i += 1) {
      const terms = tensors.map((tensor, j) => multiply(tensor, graph.input(`c_${i}_${j}`, [1])));
      graph.output(`y_${i}`, terms.reduce(add));
    }
  });
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
