import { z } from 'zod';
import { bookkeeping, only, parseConfig, size } from './config';

const MOST_LEVELS = 8;
const channels = size(16384);
const layers = size(32);

/** One value for all levels, or one for each. */
const perLevel = <T extends z.ZodType>(value: T) => z.union([value, z.array(value).min(1).max(MOST_LEVELS)]);

/**
 * config.json of diffusers' UNet2DConditionModel, with the fields that SD 1.x and 2.x models use. Fields of other families
 * are listed with the values that mean they are not used.
 */
const schema = z.strictObject({
  ...bookkeeping,
  in_channels: size(64).default(4),
  out_channels: size(64).default(4),
  center_input_sample: only(false),
  flip_sin_to_cos: z.boolean().default(true),
  freq_shift: z.number().min(0).max(1).default(0),
  down_block_types: z
    .array(z.enum(['CrossAttnDownBlock2D', 'DownBlock2D']))
    .min(1)
    .max(MOST_LEVELS)
    .default(['CrossAttnDownBlock2D', 'CrossAttnDownBlock2D', 'CrossAttnDownBlock2D', 'DownBlock2D']),
  mid_block_type: z.enum(['UNetMidBlock2DCrossAttn', 'UNetMidBlock2D']).nullable().default('UNetMidBlock2DCrossAttn'),
  up_block_types: z
    .array(z.enum(['CrossAttnUpBlock2D', 'UpBlock2D']))
    .min(1)
    .max(MOST_LEVELS)
    .default(['UpBlock2D', 'CrossAttnUpBlock2D', 'CrossAttnUpBlock2D', 'CrossAttnUpBlock2D']),
  only_cross_attention: perLevel(z.boolean()).default(false),
  mid_block_only_cross_attention: only(null, false),
  block_out_channels: z.array(channels).min(1).max(MOST_LEVELS).default([320, 640, 1280, 1280]),
  layers_per_block: perLevel(layers).default(2),
  downsample_padding: z.union([z.literal(0), z.literal(1)]).default(1),
  mid_block_scale_factor: only(1),
  act_fn: z.enum(['silu', 'swish', 'gelu', 'relu']).default('silu'),
  norm_num_groups: channels.default(32),
  norm_eps: z.number().positive().max(1).default(1e-5),
  cross_attention_dim: perLevel(channels).default(1280),
  transformer_layers_per_block: perLevel(layers).default(1),
  reverse_transformer_layers_per_block: only(null),
  // Despite its name the number of heads, https://github.com/huggingface/diffusers/issues/2011
  attention_head_dim: perLevel(size(1024)).default(8),
  num_attention_heads: only(null),
  use_linear_projection: z.boolean().default(false),
  // Where half precision is not enough.
  upcast_attention: z.boolean().nullable().optional(),
  dual_cross_attention: only(false),
  encoder_hid_dim: only(null),
  encoder_hid_dim_type: only(null),
  class_embed_type: only(null),
  num_class_embeds: only(null),
  addition_embed_type: only(null),
  addition_time_embed_dim: only(null),
  addition_embed_type_num_heads: z.unknown().optional(),
  resnet_time_scale_shift: only('default'),
  resnet_skip_time_act: only(false),
  resnet_out_scale_factor: only(1),
  time_embedding_type: only('positional'),
  time_embedding_dim: only(null),
  time_embedding_act_fn: only(null),
  timestep_post_act: only(null),
  time_cond_proj_dim: only(null),
  conv_in_kernel: only(3),
  conv_out_kernel: only(3),
  projection_class_embeddings_input_dim: only(null),
  attention_type: only('default'),
  class_embeddings_concat: only(false),
  cross_attention_norm: only(null),
});

export type UNetConfig = z.output<typeof schema>;

/** What one resolution of the UNet is made of. */
export interface Level {
  readonly channels: number;
  readonly resnets: number;
  /** Whether its blocks on the way down and up have attention. */
  readonly attention: { readonly down: boolean; readonly up: boolean };
  readonly heads: number;
  readonly transformerLayers: number;
  readonly onlyCrossAttention: boolean;
}

export function parseUNetConfig(json: unknown, file = 'unet/config.json'): UNetConfig {
  const config = parseConfig(schema, json, file);
  const count = config.block_out_channels.length;
  for (const field of LISTS) {
    const value = config[field];
    if (Array.isArray(value) && value.length !== count) {
      throw new Error(
        `${file}: the field "${field}" has ${value.length} entries, but "block_out_channels" has ${count}; they must agree.`,
      );
    }
  }
  if (config.in_channels < config.out_channels) {
    throw new Error(
      `${file}: "in_channels" is ${config.in_channels}, less than "out_channels", ${config.out_channels}.`,
    );
  }
  if (new Set([config.cross_attention_dim].flat()).size > 1) {
    throw new Error(`${file}: the field "cross_attention_dim" has different entries, which Weft does not support.`);
  }
  return config;
}

const LISTS = [
  'down_block_types',
  'up_block_types',
  'only_cross_attention',
  'layers_per_block',
  'cross_attention_dim',
  'transformer_layers_per_block',
  'attention_head_dim',
] as const;

/** The levels from the highest resolution to the lowest. */
export function levelsOf(config: UNetConfig): Level[] {
  const at = <T>(value: T | readonly T[], level: number): T => {
    const found = Array.isArray(value) ? (value as readonly T[])[level] : (value as T);
    if (found === undefined) throw new Error(`The UNet's config says nothing about level ${level}.`);
    return found;
  };
  const last = config.block_out_channels.length - 1;
  return config.block_out_channels.map((channels, level) => ({
    channels,
    resnets: at(config.layers_per_block, level),
    attention: {
      down: config.down_block_types[level] === 'CrossAttnDownBlock2D',
      // The list starts at the lowest resolution.
      up: config.up_block_types[last - level] === 'CrossAttnUpBlock2D',
    },
    heads: at(config.attention_head_dim, level),
    transformerLayers: at(config.transformer_layers_per_block, level),
    onlyCrossAttention: at(config.only_cross_attention, level),
  }));
}

/** Width of the conditioning. */
export function contextWidthOf(config: UNetConfig): number {
  return [config.cross_attention_dim].flat()[0] ?? 0;
}
