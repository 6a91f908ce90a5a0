import type { Graph, Value } from '../src/onnx/graph';
import { add } from '../src/onnx/ops/add';
import { cast } from '../src/onnx/ops/cast';
import { concatenate } from '../src/onnx/ops/concatenate';
import { expand } from '../src/onnx/ops/expand';
import { multiply } from '../src/onnx/ops/multiply';
import { reduceMean } from '../src/onnx/ops/reduce-mean';
import { slice } from '../src/onnx/ops/slice';
import { split } from '../src/onnx/ops/split';
import { dimension } from '../src/onnx/shapes';
import { Parameters, type Weights } from '../src/onnx/weights';
import { activate } from './blocks/activation';
import { conv2d } from './blocks/layers';
import { descend, embedTime, joinContexts, repeatFor } from './blocks/unet-encoder';
import type { ControlNetConfig } from './controlnet-config';
import { contextWidthOf } from './unet-config';

export interface ControlNetShape {
  /** `[n, c, h, w]` */
  readonly latent: readonly number[];
  readonly contexts: number;
  /** Rows of each context. */
  readonly tokens: number;
  /** Pictures looked at: 1 or n. */
  readonly pictures: number;
}

/**
 * diffusers' `ControlNetConditioningEmbedding`: the picture, RGB in 0..1, to what the network sees of it.
 * Input: `image` `[n, 3, h * factor, w * factor]`. Output: `seen` `[n, c, h, w]`.
 */
export function buildLook(graph: Graph, weights: Weights, config: ControlNetConfig, dims: readonly number[]): void {
  const parameters = new Parameters(graph, weights).at('controlnet_cond_embedding');
  const image = graph.input('image', dims);
  const [red, green, blue] = config.order === 'bgr' ? split(image, 1, [1, 1, 1]) : [];
  const pixels = red && green && blue ? concatenate([blue, green, red], 1) : image;

  const convolve = (x: Value, at: string, channels: number, stride = 1) =>
    conv2d(x, parameters.at(at), channels, { kernel: 3, stride, pads: 1 });
  const [first = 0, ...others] = config.lookChannels;
  let hidden = activate(convolve(pixels, 'conv_in', first), 'silu');
  for (const [i, channels] of others.entries()) {
    hidden = activate(convolve(hidden, `blocks.${2 * i}`, dimension(hidden.dims, 1)), 'silu');
    hidden = activate(convolve(hidden, `blocks.${2 * i + 1}`, channels, 2), 'silu');
  }
  graph.output('seen', convolve(hidden, 'conv_out', config.unet.block_out_channels[0] ?? 0));
}

/**
 * diffusers' `ControlNetModel` after it looked at the picture, for several conditionings of one latent.
 * Inputs: `latent` `[n, c, h, w]`, `input_scale` `[1]`, `time` `[1, d]`, `seen` `[1 or n, c0, h, w]`, `context_0` ..., each
 * `[1, tokens, width]`, and `scales`, a factor for each output. Outputs: `residual_0` ..., as `residualShapes` has them.
 */
export function buildControlNet(
  graph: Graph,
  weights: Weights,
  config: ControlNetConfig,
  shape: ControlNetShape,
): void {
  const parameters = new Parameters(graph, weights);
  const { unet } = config;
  const width = unet.block_out_channels[0] ?? 0;
  const [n = 0, , rows = 0, columns = 0] = shape.latent;
  const noisy = graph.input('latent', shape.latent, 'float32');
  // Noise of the largest sigmas is scaled before it is rounded.
  const latent = cast(multiply(noisy, graph.input('input_scale', [1], 'float32')), graph.type);
  const timeInput = graph.input('time', [1, width]);
  const seen = graph.input('seen', [shape.pictures, width, rows, columns]);
  const contexts = Array.from({ length: shape.contexts }, (_, i) =>
    graph.input(`context_${i}`, [1, shape.tokens, contextWidthOf(unet)]),
  );

  // What is seen is the same for all contexts, so it is added before the batch is made.
  const first = add(conv2d(latent, parameters.at('conv_in'), width, { kernel: 3, pads: 1 }), seen);
  const time = embedTime(timeInput, parameters.at('time_embedding'), unet);
  const guidance = { time, context: joinContexts(contexts, n) };
  const { middle, skips } = descend(repeatFor(contexts, first), guidance, parameters, unet);

  const places = [
    ...skips.map((value, i) => ({ value, at: parameters.at('controlnet_down_blocks').at(i) })),
    { value: middle, at: parameters.at('controlnet_mid_block') },
  ];
  const scales = graph.input('scales', [places.length]);
  for (const [i, { value, at }] of places.entries()) {
    // Not one Split: GPUs bind fewer buffers at once than there are places.
    const scale = slice(scales, 0, i, i + 1);
    const residual = multiply(conv2d(value, at, dimension(value.dims, 1), { kernel: 1, pads: 0 }), scale);
    graph.output(`residual_${i}`, config.pooled ? expand(reduceMean(residual, [2, 3]), residual.dims) : residual);
  }
}
