import type { Graph, Value } from '../src/onnx/graph';
import { add } from '../src/onnx/ops/add';
import { attention } from '../src/onnx/ops/attention';
import { clip } from '../src/onnx/ops/clip';
import { exponential } from '../src/onnx/ops/exponential';
import { multiply } from '../src/onnx/ops/multiply';
import { halves } from '../src/onnx/ops/split';
import { dimension } from '../src/onnx/shapes';
import { Parameters, type Weights } from '../src/onnx/weights';
import type { AutoencoderConfig } from './autoencoder-config';
import { activate } from './blocks/activation';
import { conv2d, groupNorm, linear } from './blocks/layers';
import { downsample, type ResnetSettings, resnet, upsample } from './blocks/resnet';
import { pixelsToRows, rowsToPixels } from './blocks/transformer';

/** diffusers fixes it for autoencoders. */
const EPSILON = 1e-6;
/** Of diffusers' DiagonalGaussianDistribution. */
const LOG_VARIANCE = { low: -30, high: 20 };

/** Input: `image` `[n, 3, h, w]` in 0..1. Outputs: `mean` and `std`, scaled, `[n, c, h / factor, w / factor]`. */
export function buildEncoder(graph: Graph, weights: Weights, config: AutoencoderConfig, dims: readonly number[]): void {
  outputPosterior(graph, moments(graph, weights, config, dims), config);
}

/** The encoder for a tile. Output: `moments` `[n, 2c, h / factor, w / factor]`, of which `buildPosterior` makes the rest. */
export function buildTileEncoder(
  graph: Graph,
  weights: Weights,
  config: AutoencoderConfig,
  dims: readonly number[],
): void {
  graph.output('moments', moments(graph, weights, config, dims));
}

/** Input: `moments` `[n, 2c, h, w]`. Outputs: `mean` and `std`, scaled, `[n, c, h, w]`. */
export function buildPosterior(graph: Graph, config: AutoencoderConfig, dims: readonly number[]): void {
  outputPosterior(graph, graph.input('moments', dims), config);
}

function outputPosterior(graph: Graph, moments: Value, config: AutoencoderConfig): void {
  const [mean, logVariance] = halves(moments, 1);
  const clipped = clip(logVariance, LOG_VARIANCE.low, LOG_VARIANCE.high);
  const std = exponential(multiply(clipped, graph.constant([0.5])));
  const scale = graph.constant([config.scaling_factor]);
  graph.output('mean', multiply(mean, scale));
  graph.output('std', multiply(std, scale));
}

/** Mean and logarithm of the variance of the latent of `image`. */
function moments(graph: Graph, weights: Weights, config: AutoencoderConfig, dims: readonly number[]): Value {
  const root = new Parameters(graph, weights);
  const parameters = root.at('encoder');
  const settings = settingsOf(config);
  const image = add(multiply(graph.input('image', dims), graph.constant([2])), graph.constant([-1]));

  let hidden = conv2d(image, parameters.at('conv_in'), config.block_out_channels[0] ?? 0, { kernel: 3, pads: 1 });
  for (const [i, channels] of config.block_out_channels.entries()) {
    const block = parameters.at('down_blocks').at(i);
    for (let layer = 0; layer < config.layers_per_block; layer += 1) {
      hidden = resnet(hidden, undefined, block.at('resnets').at(layer), channels, settings);
    }
    if (i < config.block_out_channels.length - 1) hidden = downsample(hidden, block.at('downsamplers.0'), 0);
  }
  hidden = middle(hidden, parameters.at('mid_block'), config);
  const both = finish(hidden, parameters, 2 * config.latent_channels, config);
  return config.use_quant_conv ? pointwise(both, root.at('quant_conv')) : both;
}

/** Input: scaled `latent` `[n, c, h, w]`. Output: `image` `[n, 3, h * factor, w * factor]` in 0..1. */
export function buildDecoder(graph: Graph, weights: Weights, config: AutoencoderConfig, dims: readonly number[]): void {
  graph.output('image', clip(decoded(graph, weights, config, dims), 0, 1));
}

/** The decoder for a tile: what is beyond 0..1 is cut off after blending alone. */
export function buildTileDecoder(
  graph: Graph,
  weights: Weights,
  config: AutoencoderConfig,
  dims: readonly number[],
): void {
  graph.output('image', decoded(graph, weights, config, dims));
}

function decoded(graph: Graph, weights: Weights, config: AutoencoderConfig, dims: readonly number[]): Value {
  const root = new Parameters(graph, weights);
  const parameters = root.at('decoder');
  const settings = settingsOf(config);
  let latent = multiply(graph.input('latent', dims), graph.constant([1 / config.scaling_factor]));
  if (config.use_post_quant_conv) latent = pointwise(latent, root.at('post_quant_conv'));

  const widths = config.block_out_channels.toReversed();
  let hidden = conv2d(latent, parameters.at('conv_in'), widths[0] ?? 0, { kernel: 3, pads: 1 });
  hidden = middle(hidden, parameters.at('mid_block'), config);
  for (const [i, channels] of widths.entries()) {
    const block = parameters.at('up_blocks').at(i);
    for (let layer = 0; layer <= config.layers_per_block; layer += 1) {
      hidden = resnet(hidden, undefined, block.at('resnets').at(layer), channels, settings);
    }
    if (i < widths.length - 1) {
      const [, , height = 0, width = 0] = hidden.dims;
      hidden = upsample(hidden, block.at('upsamplers.0'), height * 2, width * 2);
    }
  }
  const pixels = finish(hidden, parameters, 3, config);
  return add(multiply(pixels, graph.constant([0.5])), graph.constant([0.5]));
}

function settingsOf(config: AutoencoderConfig): ResnetSettings {
  return { activation: config.act_fn, groups: config.norm_num_groups, epsilon: EPSILON };
}

/** diffusers' `UNetMidBlock2D`: two resnets around attention with a single head. */
function middle(x: Value, parameters: Parameters, config: AutoencoderConfig): Value {
  const channels = dimension(x.dims, 1);
  const settings = settingsOf(config);
  let hidden = resnet(x, undefined, parameters.at('resnets.0'), channels, settings);
  if (config.mid_block_add_attention) hidden = middleAttention(hidden, parameters.at('attentions.0'), config);
  return resnet(hidden, undefined, parameters.at('resnets.1'), channels, settings);
}

function middleAttention(x: Value, parameters: Parameters, config: AutoencoderConfig): Value {
  const channels = dimension(x.dims, 1);
  // diffusers before 0.18 had other names for the same four layers.
  const [query, key, value, output] = parameters.has('to_q.weight')
    ? (['to_q', 'to_k', 'to_v', 'to_out.0'] as const)
    : (['query', 'key', 'value', 'proj_attn'] as const);
  const project = (input: Value, name: string) => linear(input, parameters.at(name), channels);
  const rows = pixelsToRows(groupNorm(x, parameters.at('group_norm'), config.norm_num_groups, EPSILON));
  const attended = attention(project(rows, query), project(rows, key), project(rows, value), {
    heads: 1,
    causal: false,
  });
  return add(x, rowsToPixels(project(attended, output), x.dims));
}

function finish(x: Value, parameters: Parameters, channels: number, config: AutoencoderConfig): Value {
  const normal = groupNorm(x, parameters.at('conv_norm_out'), config.norm_num_groups, EPSILON);
  // SiLU whatever `act_fn` says, as in diffusers.
  return conv2d(activate(normal, 'silu'), parameters.at('conv_out'), channels, { kernel: 3, pads: 1 });
}

function pointwise(x: Value, parameters: Parameters): Value {
  return conv2d(x, parameters, dimension(x.dims, 1), { kernel: 1, pads: 0 });
}
