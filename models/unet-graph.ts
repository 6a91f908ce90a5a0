import type { Graph, Value } from '../src/onnx/graph';
import { concatenate } from '../src/onnx/ops/concatenate';
import { expand } from '../src/onnx/ops/expand';
import { multiply } from '../src/onnx/ops/multiply';
import { split } from '../src/onnx/ops/split';
import { dimension } from '../src/onnx/shapes';
import { Parameters, type Weights } from '../src/onnx/weights';
import { activate } from './blocks/activation';
import { conv2d, groupNorm, linear } from './blocks/layers';
import { downsample, resnet, upsample } from './blocks/resnet';
import { spatialTransformer } from './blocks/transformer';
import { contextWidthOf, type Level, levelsOf, type UNetConfig } from './unet-config';

export interface UNetShape {
  /** `[n, c, h, w]` */
  readonly latent: readonly number[];
  readonly contexts: number;
  /** Rows of each context. */
  readonly tokens: number;
}

/**
 * The UNet for several conditionings of one latent, as one batch.
 * Inputs: `latent` `[n, c, h, w]`, `input_scale` `[1]`, `time` `[1, d]` (the sinusoidal embedding) and `context_0` ...,
 * each `[1, tokens, width]`. Outputs: `prediction_0` ..., each `[n, out, h, w]`.
 * Channels beyond the prediction's (mask and masked image of inpainting models) are not scaled.
 */
export function buildUNet(graph: Graph, weights: Weights, config: UNetConfig, shape: UNetShape): void {
  const parameters = new Parameters(graph, weights);
  const [n = 0, inputChannels = 0] = shape.latent;
  const latent = graph.input('latent', shape.latent);
  const inputScale = graph.input('input_scale', [1]);
  const timeInput = graph.input('time', [1, config.block_out_channels[0] ?? 0]);
  const contexts = Array.from({ length: shape.contexts }, (_, i) =>
    graph.input(`context_${i}`, [1, shape.tokens, contextWidthOf(config)]),
  );

  const extra = inputChannels - config.out_channels;
  const [noisy = latent, ...rest] = extra > 0 ? split(latent, 1, [config.out_channels, extra]) : [latent];
  const scaled = concatenate([multiply(noisy, inputScale), ...rest], 1);
  const x = concatenate([scaled, ...contexts.slice(1).map(() => scaled)], 0);
  const [first, ...others] = contexts.map((context) => expand(context, [n, ...context.dims.slice(1)]));
  if (!first) throw new Error('The UNet needs at least one context.');
  const context = concatenate([first, ...others], 0);

  const prediction = unet(
    x,
    embedTime(timeInput, parameters.at('time_embedding'), config),
    context,
    parameters,
    config,
  );
  split(
    prediction,
    0,
    contexts.map(() => n),
  ).forEach((part, i) => {
    graph.output(`prediction_${i}`, part);
  });
}

function embedTime(sinusoids: Value, parameters: Parameters, config: UNetConfig): Value {
  const width = dimension(sinusoids.dims, -1) * 4;
  return linear(
    activate(linear(sinusoids, parameters.at('linear_1'), width), config.act_fn),
    parameters.at('linear_2'),
    width,
  );
}

/** diffusers' `UNet2DConditionModel`: `[b, in, h, w]`, time `[1, d]` and context `[b, t, width]` to `[b, out, h, w]`. */
function unet(x: Value, time: Value, context: Value, parameters: Parameters, config: UNetConfig): Value {
  const settings = { activation: config.act_fn, groups: config.norm_num_groups, epsilon: config.norm_eps };
  const levels = levelsOf(config);
  const last = levels.length - 1;
  const transform = (value: Value, at: Parameters, level: Level, onlyCrossAttention: boolean) =>
    spatialTransformer(value, context, at, {
      heads: level.heads,
      layers: level.transformerLayers,
      groups: config.norm_num_groups,
      onlyCrossAttention,
    });

  let hidden = conv2d(x, parameters.at('conv_in'), levels[0]?.channels ?? 0, { kernel: 3, pads: 1 });
  const skips: Value[] = [hidden];

  for (const [i, level] of levels.entries()) {
    const block = parameters.at('down_blocks').at(i);
    for (let layer = 0; layer < level.resnets; layer += 1) {
      hidden = resnet(hidden, time, block.at('resnets').at(layer), level.channels, settings);
      if (level.attention.down) {
        hidden = transform(hidden, block.at('attentions').at(layer), level, level.onlyCrossAttention);
      }
      skips.push(hidden);
    }
    if (i < last) {
      hidden = downsample(hidden, block.at('downsamplers.0'), config.downsample_padding);
      skips.push(hidden);
    }
  }

  const lowest = levels[last];
  const middle = parameters.at('mid_block');
  if (lowest && config.mid_block_type) {
    hidden = resnet(hidden, time, middle.at('resnets.0'), lowest.channels, settings);
    if (config.mid_block_type === 'UNetMidBlock2DCrossAttn') {
      hidden = transform(hidden, middle.at('attentions.0'), lowest, false);
      hidden = resnet(hidden, time, middle.at('resnets.1'), lowest.channels, settings);
    }
  }

  for (const [i, level] of levels.toReversed().entries()) {
    const block = parameters.at('up_blocks').at(i);
    for (let layer = 0; layer <= level.resnets; layer += 1) {
      const skip = skips.pop();
      if (!skip) throw new Error('The UNet has more layers on its way up than on its way down.');
      hidden = resnet(concatenate([hidden, skip], 1), time, block.at('resnets').at(layer), level.channels, settings);
      if (level.attention.up) {
        hidden = transform(hidden, block.at('attentions').at(layer), level, level.onlyCrossAttention);
      }
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
