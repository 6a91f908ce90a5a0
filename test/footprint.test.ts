import { describe, expect, test } from 'vitest';
import { parseAutoencoderConfig } from '../models/autoencoder-config';
import { buildDecoder } from '../models/autoencoder-graph';
import { parseUNetConfig } from '../models/unet-config';
import { buildUNet } from '../models/unet-graph';
import { misfit } from '../src/engine/device/fit';
import type { Graph, Precision } from '../src/onnx/graph';
import { defineNetwork } from '../src/onnx/network';
import { add } from '../src/onnx/ops/add';
import { convolution } from '../src/onnx/ops/convolution';
import { multiply } from '../src/onnx/ops/multiply';
import { reshape } from '../src/onnx/ops/reshape';
import recorded from './fixtures/parameter-shapes.json';
import { hollow } from './hollow-weights';

const parameters = Object.values(recorded['sd15 unet'].parameters)
  .map((shape) => shape.reduce((product, dim) => product * dim, 1))
  .reduce((sum, count) => sum + count, 0);

function unetOf(size: number, precision: Precision) {
  const config = parseUNetConfig(recorded['sd15 unet'].config);
  const shape = { latent: [1, 4, size, size], contexts: 2, tokens: 77, controlled: false };
  const build = (graph: Graph) => buildUNet(graph, hollow('sd15 unet'), config, shape);
  const { footprint } = defineNetwork('unet', build, { fused: true, precision });
  if (!footprint) throw new Error('A network of ours has an estimate.');
  return footprint;
}

describe('the estimate of a network', () => {
  test('counts what is alive at the same time, views once, and weights by their type', () => {
    const { footprint } = defineNetwork('small', (graph) => {
      const x = graph.input('x', [1, 2, 8, 8]);
      const weight = graph.parameter('w', [2, 2, 3, 3], () => new Float32Array(36));
      const half = graph.parameter('h', [2, 2, 1, 1], () => new Uint16Array(4), 'float16');
      const bias = graph.parameter('b', [2], () => new Float32Array(2));
      const made = convolution(x, weight, bias, { stride: 1, pads: [1, 1, 1, 1] });
      const flat = reshape(made, [128]);
      const squared = multiply(flat, flat);
      graph.output('y', add(squared, flat));
      graph.output('unused weight', multiply(half, half));
    });
    expect(footprint).toEqual({
      weights: 36 * 4 + 4 * 2 + 2 * 4,
      convolutions: 36 * 4,
      // The input, the convolution's output, its square and the sum; the halves' square is made after that and is kept, too.
      activations: 4 * 128 * 4,
      largest: { bytes: 128 * 4, what: 'the input "x" [1, 2, 8, 8]' },
    });
  });

  test('of Stable Diffusion 1.5: weights to the byte, half of all in half precision', () => {
    const exact = unetOf(64, 'float32');
    const half = unetOf(64, 'float16');
    expect(exact.weights).toBe(parameters * 4);
    expect(half.weights).toBe(parameters * 2);
    expect(unetOf(64, 'float16-weights').weights).toBe(parameters * 2);
    expect(half.convolutions * 2).toBe(exact.convolutions);
    expect(exact.activations / half.activations).toBeGreaterThan(1.5);
    // Four times the pixels.
    expect(unetOf(128, 'float32').activations / exact.activations).toBeCloseTo(4, 1);
  });
});

describe('what does not fit is told before it is loaded, with what would:', () => {
  const adapter = { convolutionsTwice: true, name: 'This graphics adapter' };
  const wasm = { all: 3.75 * 2 ** 30, convolutionsTwice: false, name: 'WebAssembly', cure: 'Take an fp16 version.' };

  test('nothing where it fits', () => {
    expect(misfit(unetOf(64, 'float16'), { ...adapter, tensor: 2 ** 30, all: 4e9 })).toBeUndefined();
    expect(misfit(unetOf(64, 'float16-weights'), wasm)).toBeUndefined();
    expect(misfit(unetOf(64, 'float32'), adapter)).toBeUndefined();
  });

  test('a layer of a large picture', () => {
    const config = parseAutoencoderConfig(recorded['sd15 vae'].config);
    const { footprint } = defineNetwork('vae', (graph) =>
      buildDecoder(graph, hollow('sd15 vae'), config, [1, 4, 256, 256]),
    );
    expect(footprint && misfit(footprint, { ...adapter, tensor: 2 ** 31 })).toBe(
      "This graphics adapter holds 2.1 GB in one piece, and a layer's output [1, 256, 2048, 2048] has 4.3 GB. " +
        'A picture with sides of 70 % of these would fit, or fewer pictures at once.',
    );
  });

  test('weights that are too large whatever the picture', () => {
    expect(misfit(unetOf(64, 'float32'), { ...wasm, all: 2e9 })).toMatch(
      /^This needs 3\.4 GB of weights and .* for the picture\. WebAssembly holds 2 GB\. Take an fp16 version\.$/,
    );
    expect(misfit(unetOf(64, 'float32'), { ...adapter, all: 4e9 })).toMatch(/^This needs 5\.\d GB of weights/);
  });

  test('the activations of a large picture', () => {
    expect(misfit(unetOf(512, 'float16-weights'), wasm)).toMatch(/A picture with sides of \d\d % of these would fit/);
  });
});
