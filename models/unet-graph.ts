import type { Graph, Value } from '../src/onnx/graph';
import { add } from '../src/onnx/ops/add';
import { cast } from '../src/onnx/ops/cast';
import { concatenate } from '../src/onnx/ops/concatenate';
import { multiply } from '../src/onnx/ops/multiply';
import { split } from '../src/onnx/ops/split';
import { dimension } from '../src/onnx/shapes';
import { type Additions, Parameters, type Weights } from '../src/onnx/weights';
import { activate } from './blocks/activation';
import { conv2d, groupNorm } from './blocks/layers';
import { resnet, upsample } from './blocks/resnet';
import {
  attend,
  descend,
  embedTime,
  type Guidance,
  joinContexts,
  repeatFor,
  resnetSettings,
} from './blocks/unet-encoder';
import { contextWidthOf, levelsOf, type UNetConfig } from './unet-config';

export interface UNetShape {
  /** `[n, c, h, w]` */
  readonly latent: readonly number[];
  readonly contexts: number;
  /** Rows of each context. */
  readonly tokens: number;
  /** Whether it takes what ControlNets add. */
  readonly controlled?: boolean;
}

/**
 * The UNet for several conditionings of one latent, as one batch.
 * Inputs: `latent` `[n, c, h, w]`, `input_scale` `[1]`, `time` `[1, d]` (the sinusoidal embedding) and `context_0` ...,
 * each `[1, tokens, width]`; a controlled one also takes `residual_0` ..., as `residualShapes` has them.
 * Outputs: `prediction_0` ..., each `[n, out, h, w]`.
 * Channels beyond the prediction's (mask and masked image of inpainting models) are not scaled.
 */
export function buildUNet(
  graph: Graph,
  weights: Weights,
  config: UNetConfig,
  shape: UNetShape,
  additions?: Additions,
): void {
  const parameters = new Parameters(graph, weights, '', additions);
  const [n = 0, inputChannels = 0] = shape.latent;
  const latent = graph.input('latent', shape.latent, 'float32');
  const inputScale = graph.input('input_scale', [1], 'float32');
  const timeInput = graph.input('time', [1, config.block_out_channels[0] ?? 0]);
  const contexts = Array.from({ length: shape.contexts }, (_, i) =>
    graph.input(`context_${i}`, [1, shape.tokens, contextWidthOf(config)]),
  );
  const residuals = shape.controlled
    ? residualShapes(config, shape.latent, shape.contexts).map((dims, i) => graph.input(`residual_${i}`, dims))
    : [];

  const extra = inputChannels - config.out_channels;
  const [noisy = latent, ...rest] = extra > 0 ? split(latent, 1, [config.out_channels, extra]) : [latent];
  // Noise of the largest sigmas is scaled before it is rounded.
  const scaled = cast(concatenate([multiply(noisy, inputScale), ...rest], 1), graph.type);
  const time = embedTime(timeInput, parameters.at('time_embedding'), config);
  const guidance = { time, context: joinContexts(contexts, n) };
  const prediction = unet(repeatFor(contexts, scaled), guidance, residuals, parameters, config);
  split(
    prediction,
    0,
    contexts.map(() => n),
  ).forEach((part, i) => {
    graph.output(`prediction_${i}`, part);
  });
}

/** The shapes of the skip connections, in the order in which they are made, and of the middle block. */
export function residualShapes(config: UNetConfig, latent: readonly number[], contexts: number): number[][] {
  const [n = 0, , height = 0, width = 0] = latent;
  const levels = levelsOf(config);
  let [rows, columns] = [height, width];
  const at = (channels: number) => [n * contexts, channels, rows, columns];
  const shapes = [at(levels[0]?.channels ?? 0)];
  for (const [i, { channels, resnets }] of levels.entries()) {
    for (let layer = 0; layer < resnets; layer += 1) shapes.push(at(channels));
    if (i === levels.length - 1) break;
    // A convolution of stride 2: padded on both sides it rounds up, padded at the end alone it rounds down.
    const half = config.downsample_padding === 1 ? Math.ceil : Math.floor;
    [rows, columns] = [half(rows / 2), half(columns / 2)];
    shapes.push(at(channels));
  }
  return [...shapes, at(levels.at(-1)?.channels ?? 0)];
}

/**
 * diffusers' `UNet2DConditionModel`: `[b, in, h, w]`, time `[1, d]` or `[b, d]` and context `[b, t, width]` to `[b, out, h, w]`.
 * `residuals` are added to the skip connections and to the middle block.
 */
export function unet(
  x: Value,
  guidance: Guidance,
  residuals: readonly Value[],
  parameters: Parameters,
  config: UNetConfig,
): Value {
  const settings = resnetSettings(config);
  const levels = levelsOf(config);
  const last = levels.length - 1;
  const first = conv2d(x, parameters.at('conv_in'), levels[0]?.channels ?? 0, { kernel: 3, pads: 1 });
  const way = descend(first, guidance, parameters, config);
  const controlled = (value: Value, place: number) => {
    const residual = residuals[place];
    return residual ? add(value, residual) : value;
  };
  const skips = way.skips.map(controlled);
  let hidden = controlled(way.middle, skips.length);

  for (const [i, level] of levels.toReversed().entries()) {
    const block = parameters.at('up_blocks').at(i);
    for (let layer = 0; layer <= level.resnets; layer += 1) {
      const skip = skips.pop();
      if (!skip) throw new Error('The UNet has more layers on its way up than on its way down.');
      hidden = resnet(
        concatenate([hidden, skip], 1),
        guidance.time,
        block.at('resnets').at(layer),
        level.channels,
        settings,
      );
      if (level.attention.up) hidden = attend(hidden, block.at('attentions').at(layer), level, guidance, config);
    }
    const next = skips.at(-1);
    if (i < last && next) {
      hidden = upsample(hidden, block.at('upsamplers.0'), dimension(next.dims, 2), dimension(next.dims, 3));
    }
  }

  hidden = activate(
    groupNorm(hidden, parameters.at('conv_norm_out'), config.norm_num_groups, config.norm_eps),
    config.act_fn,
  );
  return conv2d(hidden, parameters.at('conv_out'), config.out_channels, { kernel: 3, pads: 1 });
}
