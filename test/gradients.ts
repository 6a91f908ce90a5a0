import { describe, expect, test } from 'vitest';
import type { Device, Tensor } from '../src/core/device';
import { gradients } from '../src/onnx/gradient';
import { Graph, type Value } from '../src/onnx/graph';
import { defineNetwork } from '../src/onnx/network';
import { add } from '../src/onnx/ops/add';
import { attention } from '../src/onnx/ops/attention';
import { cast } from '../src/onnx/ops/cast';
import { convolutionTranspose } from '../src/onnx/ops/convolution-transpose';
import { divide } from '../src/onnx/ops/divide';
import { errorFunction } from '../src/onnx/ops/error-function';
import { expand, reduceSum } from '../src/onnx/ops/expand';
import { exponential } from '../src/onnx/ops/exponential';
import { layerNormalization } from '../src/onnx/ops/layer-normalization';
import { multiply } from '../src/onnx/ops/multiply';
import { negate } from '../src/onnx/ops/negate';
import { power } from '../src/onnx/ops/power';
import { resize } from '../src/onnx/ops/resize';
import { silu } from '../src/onnx/ops/silu';
import { pad } from '../src/onnx/ops/slice';
import { where } from '../src/onnx/ops/where';
import { elements } from '../src/onnx/shapes';
import { expectClose } from './closeness';
import { type Build, builds, type Case, dimsOf, inputsOf } from './operators';

/** Fixed numbers in -1..1 without a pattern. */
const numbers = (count: number, seed: number) =>
  Float32Array.from({ length: count }, (_, i) => Math.sin((i + 1) * (i + 3) * seed));

/** Its inputs, the build of some operator, and what weighs its outputs in the loss. */
interface Subject {
  readonly key: string;
  readonly inputs: readonly Tensor[];
  readonly build: Build;
}

function outputsOf(graph: Graph, { inputs, build }: Subject): { given: Value[]; made: Value[] } {
  const given = inputs.map(({ dims }, i) => graph.input(`x_${i}`, dims));
  return { given, made: [build(...(given as [Value, Value, Value]))].flat() as Value[] };
}

/** The sum of all outputs, each element with a weight of its own: `[1]`. */
function weighted(values: readonly Value[]): Value {
  const sums = values.map((value, i) => {
    const weights = value.graph.constant(numbers(elements(value.dims), 0.7 + i), value.dims);
    const all = reduceSum(
      multiply(value, weights),
      value.dims.map((_, axis) => axis),
    );
    return reduceSum(all, []);
  });
  return sums.reduce((sum, next) => add(sum, next));
}

async function measured(device: Device, subject: Subject): Promise<Float32Array[]> {
  const network = defineNetwork(
    `gradient of ${subject.key}`,
    (graph) => {
      const { given, made } = outputsOf(graph, subject);
      for (const [i, gradient] of gradients(weighted(made), given).entries()) graph.output(`d_${i}`, gradient);
    },
    { fused: false },
  );
  const results = await device.run(network, feeds(subject.inputs));
  return Promise.all(subject.inputs.map((_, i) => device.read(results[`d_${i}`] as Tensor)));
}

const feeds = (inputs: readonly Tensor[]) => Object.fromEntries(inputs.map((tensor, i) => [`x_${i}`, tensor]));

/** How fast the loss changes along a direction of one input, by central differences of fourth order. */
async function difference(device: Device, subject: Subject, input: number, direction: Float32Array): Promise<number> {
  const network = defineNetwork(
    `forward of ${subject.key}`,
    (graph) => {
      for (const [i, value] of outputsOf(graph, subject).made.entries()) graph.output(`y_${i}`, value);
    },
    { fused: false },
  );
  const start = await device.read(subject.inputs[input] as Tensor);
  const loss = async (distance: number) => {
    const { dims } = subject.inputs[input] as Tensor;
    const moved = device.tensor(
      start.map((value, i) => value + distance * (direction[i] ?? 0)),
      dims,
    );
    const results = await device.run(network, feeds(subject.inputs.with(input, moved)));
    let sum = 0;
    for (const [i, tensor] of Object.values(results).entries()) {
      const weights = numbers(elements(tensor.dims), 0.7 + i);
      for (const [at, value] of (await device.read(tensor)).entries()) sum += value * (weights[at] ?? 0);
    }
    return sum;
  };
  const step = Math.min(1, Math.hypot(...start) / Math.sqrt(start.length)) * 2 ** -7;
  const near = (await loss(step)) - (await loss(-step));
  const far = (await loss(2 * step)) - (await loss(-2 * step));
  return (8 * near - far) / (12 * step);
}

async function expectGradient(device: Device, subject: Subject, directions: readonly number[]): Promise<void> {
  const found = await measured(device, subject);
  for (const [input, gradient] of found.entries()) {
    const size = Math.hypot(...gradient);
    for (const seed of directions) {
      const direction = numbers(gradient.length, seed);
      const along = gradient.reduce((sum, value, i) => sum + value * (direction[i] ?? 0), 0);
      const error = Math.abs(along - (await difference(device, subject, input, direction)));
      expect(error, `input ${input}`).toBeLessThan(5e-4 * size * Math.hypot(...direction) + 1e-5);
    }
  }
}

/** Operators that only gradients use, and shapes that the recorded cases leave out. */
const more: Readonly<Record<string, { dims: readonly (readonly number[])[]; build: Build }>> = {
  'error function': { dims: [[2, 5]], build: errorFunction },
  'divide by what is not near zero': { dims: [[2, 3], [3]], build: (a, b) => divide(a, exponential(b)) },
  'choice between two': {
    dims: [
      [2, 3],
      [2, 3],
    ],
    build: (a, b) => where(a.graph.constant([1, 0, 0, 1, 1, 0], [2, 3]), a, b),
  },
  'power of numbers above 0': { dims: [[2, 3], [3]], build: (a, b) => power(exponential(a), b) },
  negate: { dims: [[2, 5]], build: negate },
  'x sigmoid(x)': { dims: [[2, 5]], build: silu },
  pad: { dims: [[2, 3]], build: (x) => pad(x, 1, 2, 1) },
  'sum of two axes': { dims: [[2, 3, 4]], build: (x) => reduceSum(x, [0, 2]) },
  'a value that is used twice': { dims: [[2, 3]], build: (x) => add(multiply(x, x), x) },
  'expand from fewer dimensions': { dims: [[3]], build: (x) => expand(x, [2, 3]) },
  'resize nearest, tripling the width': { dims: [[1, 2, 2, 2]], build: (x) => resize(x, 'nearest', 4, 6) },
};

/** Divisors too near to zero, and powers of negative numbers by fractions. */
const unsteady: readonly Case[] = ['divide', 'power of numbers below 0'];

/** Steps, and what training does not need. */
const none: Partial<Record<Case, string>> = {
  floor: 'Rounding down has no gradient',
  'round, halves to even': 'Rounding has no gradient',
  less: 'A comparison has no gradient',
  'less or equal': 'A comparison has no gradient',
  greater: 'A comparison has no gradient',
  'greater or equal': 'A comparison has no gradient',
  equal: 'A comparison has no gradient',
  where: 'A condition has no gradient',
  'resize nearest to an odd size': 'Resize has a gradient for whole multiples',
  'resize linear': 'Resize has a gradient for whole multiples',
};

/** What says that it has none, and is in no recorded case as it is built for gradients. */
const refused: Readonly<Record<string, { dims: readonly (readonly number[])[]; fused: boolean; build: Build }>> = {
  'Fused attention has no gradient': {
    dims: [
      [1, 3, 4],
      [1, 3, 4],
      [1, 3, 4],
    ],
    fused: true,
    build: (query, key, value) => attention(query, key, value, { heads: 2, causal: false }),
  },
  'Fused layer normalization has no gradient': {
    dims: [[2, 3], [3], [3]],
    fused: true,
    build: (x, scale, bias) => layerNormalization(x, scale, bias, 1e-5),
  },
  'A transposed convolution has no gradient': {
    dims: [
      [1, 2, 2, 2],
      [2, 3, 3, 3],
    ],
    fused: false,
    build: (x, weight) => convolutionTranspose(x, weight, { stride: 2, pads: [1, 1, 1, 1], height: 4, width: 4 }),
  },
};

/** Half precision rounds too coarsely for finite differences, and not every graphics adapter has it. */
const viaHalf: Build = (x) => cast(cast(x, 'float16'), 'float32');

/** The derivative of what goes through half precision: what it was multiplied with, rounded. */
export async function expectCastGradient(device: Device): Promise<void> {
  const inputs = [device.tensor(numbers(6, 0.5), [2, 3])];
  const [found] = await measured(device, { key: 'cast', inputs, build: viaHalf });
  expectClose(found ?? [], numbers(6, 0.7), 1e-3);
}

/** The names of all operators whose gradient, or its absence, some case is about. */
export function operatorsOfCases(): Set<string> {
  const names = new Set<string>();
  const note = (dims: readonly (readonly number[])[], fused: boolean, build: Build) => {
    const graph = new Graph({ fused });
    build(...(dims.map((shape, i) => graph.input(`x_${i}`, shape)) as [Value, Value, Value]));
    for (const { operator } of graph.nodes) names.add(operator.name);
  };
  for (const [name, build] of Object.entries(builds) as [Case, Build][]) note(dimsOf(name), false, build);
  for (const { dims, build } of Object.values(more)) note(dims, false, build);
  for (const { dims, fused, build } of Object.values(refused)) note(dims, fused, build);
  note([[2, 3]], false, viaHalf);
  return names;
}

/** Every operator's gradient on a device, against finite differences along `directions` on the same device. */
export function testGradients(makeDevice: () => Promise<Device>, directions = [0.37, 0.91, 1.33]): void {
  describe('the gradient is what finite differences say:', () => {
    for (const [name, build] of Object.entries(builds) as [Case, Build][]) {
      if (unsteady.includes(name) || none[name] !== undefined) continue;
      test(name, async () => {
        const device = await makeDevice();
        await expectGradient(device, { key: name, inputs: inputsOf(device, name), build }, directions);
      });
    }
    test.each(Object.entries(none) as [Case, string][])(
      'there is none of %s, which says so',
      async (name, sentence) => {
        const device = await makeDevice();
        const build = builds[name] as Build;
        await expect(measured(device, { key: name, inputs: inputsOf(device, name), build })).rejects.toThrow(sentence);
      },
    );
    test.each(Object.entries(refused))('%s, and says so', (sentence, { dims, fused, build }) => {
      const graph = new Graph({ fused });
      const inputs = dims.map((shape, i) => graph.input(`x_${i}`, shape));
      const [made] = [build(...(inputs as [Value, Value, Value]))].flat();
      expect(() => gradients(weighted([made as Value]), inputs)).toThrow(sentence);
    });
    for (const [name, { dims, build }] of Object.entries(more)) {
      test(name, async () => {
        const device = await makeDevice();
        const inputs = dims.map((shape, i) => device.tensor(numbers(elements(shape), 0.5 + i), shape));
        await expectGradient(device, { key: name, inputs, build }, directions);
      });
    }
  });
}
