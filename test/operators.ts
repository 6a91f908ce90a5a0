import { describe, expect, test } from 'vitest';
import { guide } from '../models/arithmetic';
import { groupNorm } from '../models/blocks/layers';
import type { Device, Tensor } from '../src/core/device';
import type { GraphOptions, Value } from '../src/onnx/graph';
import { defineNetwork } from '../src/onnx/network';
import { absolute } from '../src/onnx/ops/absolute';
import { add } from '../src/onnx/ops/add';
import { attention } from '../src/onnx/ops/attention';
import { clip } from '../src/onnx/ops/clip';
import { compare } from '../src/onnx/ops/compare';
import { concatenate } from '../src/onnx/ops/concatenate';
import { convolution } from '../src/onnx/ops/convolution';
import { cosine } from '../src/onnx/ops/cosine';
import { divide } from '../src/onnx/ops/divide';
import { expand } from '../src/onnx/ops/expand';
import { exponential } from '../src/onnx/ops/exponential';
import { floor } from '../src/onnx/ops/floor';
import { gelu } from '../src/onnx/ops/gelu';
import { gemm } from '../src/onnx/ops/gemm';
import { hyperbolicTangent } from '../src/onnx/ops/hyperbolic-tangent';
import { instanceNormalization } from '../src/onnx/ops/instance-normalization';
import { layerNormalization } from '../src/onnx/ops/layer-normalization';
import { logarithm } from '../src/onnx/ops/logarithm';
import { matrixMultiply } from '../src/onnx/ops/matrix-multiply';
import { maximum } from '../src/onnx/ops/maximum';
import { minimum } from '../src/onnx/ops/minimum';
import { multiply } from '../src/onnx/ops/multiply';
import { power } from '../src/onnx/ops/power';
import { quickGelu } from '../src/onnx/ops/quick-gelu';
import { reduceMean } from '../src/onnx/ops/reduce-mean';
import { relu } from '../src/onnx/ops/relu';
import { reshape } from '../src/onnx/ops/reshape';
import { resize } from '../src/onnx/ops/resize';
import { round } from '../src/onnx/ops/round';
import { sigmoid } from '../src/onnx/ops/sigmoid';
import { sine } from '../src/onnx/ops/sine';
import { slice } from '../src/onnx/ops/slice';
import { softmax } from '../src/onnx/ops/softmax';
import { split } from '../src/onnx/ops/split';
import { squareRoot } from '../src/onnx/ops/square-root';
import { subtract } from '../src/onnx/ops/subtract';
import { transpose } from '../src/onnx/ops/transpose';
import { where } from '../src/onnx/ops/where';
import { Parameters, type Weights } from '../src/onnx/weights';
import { expectClose } from './closeness';
import recorded from './fixtures/operators.json';

export type Case = keyof typeof recorded;
export type Build = (a: Value, b: Value, c: Value) => Value | readonly Value[];

/** How the cases of reference/make_operators.py are written with the builder. */
export const builds: Partial<Record<Case, Build>> = {
  'add, stretching': add,
  subtract,
  'multiply by one number': multiply,
  divide,
  exponential,
  'square root': squareRoot,
  sigmoid,
  relu,
  gelu,
  'quick gelu': quickGelu,
  clip: (x) => clip(x, -0.5, 0.75),
  softmax,
  'matrix multiply': matrixMultiply,
  gemm,
  'gemm without bias': (x, weight) => gemm(x, weight),
  reshape: (x) => reshape(x, [3, 8]),
  transpose: (x) => transpose(x, [2, 0, 1]),
  concatenate: (a, b) => concatenate([a, b], 1),
  split: (x) => split(x, 1, [1, 3]),
  slice: (x) => slice(x, 1, 1, 4),
  expand: (x) => expand(x, [3, 2, 4]),
  mean: (x) => reduceMean(x, [1, 2]),
  'layer normalization': (x, scale, bias) => layerNormalization(x, scale, bias, 1e-5),
  'instance normalization': (x) => instanceNormalization(x, 1e-3),
  'instance normalization of small numbers': (x) => instanceNormalization(x, 1e-6),
  convolution: (x, weight, bias) => convolution(x, weight, bias, { stride: 1, pads: [1, 1, 1, 1] }),
  'convolution that halves an even size': (x, weight, bias) =>
    convolution(x, weight, bias, { stride: 2, pads: [0, 0, 1, 1] }),
  'resize nearest, doubling': (x) => resize(x, 'nearest', 4, 6),
  'resize nearest to an odd size': (x) => resize(x, 'nearest', 3, 7),
  'resize linear': (x) => resize(x, 'linear', 5, 7),
  attention: (query, key, value) => attention(query, key, value, { heads: 3, causal: false }),
  absolute,
  logarithm,
  sine,
  cosine,
  'hyperbolic tangent': hyperbolicTangent,
  floor,
  'round, halves to even': round,
  'maximum, stretching': maximum,
  'minimum, stretching': minimum,
  power,
  'power of numbers below 0': power,
  less: (a, b) => compare(a, '<', b),
  'less or equal': (a, b) => compare(a, '<=', b),
  greater: (a, b) => compare(a, '>', b),
  'greater or equal': (a, b) => compare(a, '>=', b),
  equal: (a, b) => compare(a, '==', b),
  where,
  'causal attention': (query, key, value) => attention(query, key, value, { heads: 2, causal: true }),
};

const fused = ['layer normalization', 'attention', 'causal attention'];

/** WGSL lets sine and cosine be off by so much, https://www.w3.org/TR/WGSL/#concrete-float-accuracy */
const SINE_ON_GPU = 2 ** -11;

const toleranceOf = ({ kind }: Device, name: Case): number =>
  kind === 'webgpu' && (name === 'sine' || name === 'cosine') ? SINE_ON_GPU : 1e-5;

async function expectRecorded(device: Device, name: Case, tensors: readonly Tensor[]): Promise<void> {
  const { outputs } = recorded[name];
  expect(tensors).toHaveLength(outputs.length);
  for (const [i, { dims, data }] of outputs.entries()) {
    const tensor = tensors[i] as Tensor;
    expect(tensor.dims).toEqual(dims);
    expectClose(await device.read(tensor), data, toleranceOf(device, name));
  }
}

export const dimsOf = (name: Case): number[][] => recorded[name].inputs.map(({ dims }) => dims);

export const inputsOf = (device: Device, name: Case): Tensor[] =>
  recorded[name].inputs.map(({ dims, data }) => device.tensor(Float32Array.from(data), dims));

async function runBuild(device: Device, name: Case, build: Build, options: GraphOptions): Promise<void> {
  const inputs = inputsOf(device, name);
  const network = defineNetwork(
    `operator ${name}`,
    (graph) => {
      const values = inputs.map(({ dims }, i) => graph.input(`x_${i}`, dims));
      const outputs = [build(...(values as [Value, Value, Value]))].flat();
      outputs.forEach((output, i) => {
        graph.output(`y_${i}`, output as Value);
      });
    },
    options,
  );
  const results = await device.run(network, Object.fromEntries(inputs.map((tensor, i) => [`x_${i}`, tensor])));
  await expectRecorded(
    device,
    name,
    recorded[name].outputs.map((_, i) => results[`y_${i}`] as Tensor),
  );
}

/** Every operator on a device, against the numbers that torch gave. */
export function testOperators(makeDevice: () => Promise<Device>): void {
  describe('an operator gives what torch gives:', () => {
    for (const [name, build] of Object.entries(builds) as [Case, Build][]) {
      test(name, async () => runBuild(await makeDevice(), name, build, { fused: true }));
      if (fused.includes(name)) {
        test(`${name}, in plain operators`, async () => runBuild(await makeDevice(), name, build, { fused: false }));
      }
    }

    test('group norm', async () => {
      const device = await makeDevice();
      const [input, ...parameters] = recorded['group norm'].inputs;
      const tensor = (name: string) => (name === 'weight' ? parameters[0] : parameters[1]);
      const network = defineNetwork('group norm', (graph) => {
        const weights: Weights = {
          names: ['weight', 'bias'],
          shape: (name) => tensor(name)?.dims,
          dtype: () => 'F32',
          read: (name) => Float32Array.from(tensor(name)?.data ?? []),
          readRows: () => new Float32Array(0),
        };
        graph.output('y', groupNorm(graph.input('x', input?.dims ?? []), new Parameters(graph, weights), 2, 1e-5));
      });
      const [x] = inputsOf(device, 'group norm');
      const { y } = await device.run(network, { x: x as Tensor });
      await expectRecorded(device, 'group norm', [y as Tensor]);
    });

    for (const name of ['guidance', 'guidance, rescaled'] as const) {
      test(name, async () => {
        const device = await makeDevice();
        const [conditional, unconditional, scale, rescale] = inputsOf(device, name) as [Tensor, Tensor, Tensor, Tensor];
        const settings = { scale: await number(device, scale), rescale: await number(device, rescale) };
        await expectRecorded(device, name, [await guide(device, conditional, unconditional, settings)]);
      });
    }
  });
}

async function number(device: Device, tensor: Tensor): Promise<number> {
  return (await device.read(tensor))[0] ?? Number.NaN;
}
