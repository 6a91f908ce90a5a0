import type { Value } from '../../src/onnx/graph';
import { concatenate } from '../../src/onnx/ops/concatenate';
import { expand } from '../../src/onnx/ops/expand';
import { dimension } from '../../src/onnx/shapes';
import type { Parameters } from '../../src/onnx/weights';
import { type Level, levelsOf, type UNetConfig } from '../unet-config';
import { activate } from './activation';
import { linear } from './layers';
import { downsample, resnet } from './resnet';
import { spatialTransformer } from './transformer';

/** What every block of a UNet is told beside its input. */
export interface Guidance {
  /** `[1, d]`, or one for each of the batch. */
  readonly time: Value;
  /** `[b, t, width]` */
  readonly context: Value;
}

/** Contexts `[1, t, width]` for a batch that has n pictures of the first context, then n of the second, and so on. */
export function joinContexts(contexts: readonly Value[], n: number): Value {
  const [first, ...others] = contexts.map((context) => expand(context, [n, ...context.dims.slice(1)]));
  if (!first) throw new Error('A UNet needs at least one context.');
  return concatenate([first, ...others], 0);
}

/** The same pictures once for each context. */
export function repeatFor(contexts: readonly Value[], pictures: Value): Value {
  return concatenate([pictures, ...contexts.slice(1).map(() => pictures)], 0);
}

/** diffusers' `TimestepEmbedding`, of the sinusoids of timesteps `[n, d]`. */
export function embedTime(sinusoids: Value, parameters: Parameters, config: UNetConfig): Value {
  const width = dimension(sinusoids.dims, -1) * 4;
  return linear(
    activate(linear(sinusoids, parameters.at('linear_1'), width), config.act_fn),
    parameters.at('linear_2'),
    width,
  );
}

/** The attention blocks of one level. */
export function attend(
  x: Value,
  parameters: Parameters,
  level: Level,
  { context }: Guidance,
  config: UNetConfig,
): Value {
  return spatialTransformer(x, context, parameters, {
    heads: level.heads,
    layers: level.transformerLayers,
    groups: config.norm_num_groups,
    onlyCrossAttention: level.onlyCrossAttention,
    upcastAttention: config.upcast_attention ?? false,
  });
}

export const resnetSettings = (config: UNetConfig) => {
  return { activation: config.act_fn, groups: config.norm_num_groups, epsilon: config.norm_eps };
};

/**
 * The half of diffusers' `UNet2DConditionModel` that a ControlNet copies, after its first convolution: all levels on the way
 * down and the middle block. `skips` are what the way up takes from the way down, the last one first.
 */
export function descend(
  x: Value,
  guidance: Guidance,
  parameters: Parameters,
  config: UNetConfig,
): { readonly middle: Value; readonly skips: readonly Value[] } {
  const settings = resnetSettings(config);
  const { time } = guidance;
  const levels = levelsOf(config);
  const last = levels.length - 1;
  let hidden = x;
  const skips: Value[] = [hidden];

  for (const [i, level] of levels.entries()) {
    const block = parameters.at('down_blocks').at(i);
    for (let layer = 0; layer < level.resnets; layer += 1) {
      hidden = resnet(hidden, time, block.at('resnets').at(layer), level.channels, settings);
      if (level.attention.down) hidden = attend(hidden, block.at('attentions').at(layer), level, guidance, config);
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
      const whole = { ...lowest, onlyCrossAttention: false };
      hidden = attend(hidden, middle.at('attentions.0'), whole, guidance, config);
      hidden = resnet(hidden, time, middle.at('resnets.1'), lowest.channels, settings);
    }
  }
  return { middle: hidden, skips };
}
