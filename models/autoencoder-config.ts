import { z } from 'zod';
import { bookkeeping, only, parseConfig, size } from './config';

const MOST_LEVELS = 8;

/** config.json of diffusers' AutoencoderKL. */
const schema = z.strictObject({
  ...bookkeeping,
  // Pixels of a tile, where the picture is cut into tiles.
  sample_size: z
    .union([size(16384), z.array(size(16384)).min(1).max(2)])
    .default(32)
    .transform((sizes) => (typeof sizes === 'number' ? sizes : (sizes[0] ?? 32))),
  in_channels: only(3),
  out_channels: only(3),
  down_block_types: z.array(z.literal('DownEncoderBlock2D')).min(1).max(MOST_LEVELS).default(['DownEncoderBlock2D']),
  up_block_types: z.array(z.literal('UpDecoderBlock2D')).min(1).max(MOST_LEVELS).default(['UpDecoderBlock2D']),
  block_out_channels: z.array(size(16384)).min(1).max(MOST_LEVELS).default([64]),
  layers_per_block: size(32).default(1),
  act_fn: z.enum(['silu', 'swish', 'gelu', 'relu']).default('silu'),
  latent_channels: size(64).default(4),
  norm_num_groups: size(16384).default(32),
  scaling_factor: z.number().positive().max(1000).default(0.18215),
  shift_factor: only(null, 0),
  latents_mean: only(null),
  latents_std: only(null),
  // Only says where half precision is not enough; autoencoders are always computed in float32.
  force_upcast: z.unknown().optional(),
  use_quant_conv: z.boolean().default(true),
  use_post_quant_conv: z.boolean().default(true),
  mid_block_add_attention: z.boolean().default(true),
});

export type AutoencoderConfig = z.output<typeof schema>;

export function parseAutoencoderConfig(json: unknown, file = 'vae/config.json'): AutoencoderConfig {
  const config = parseConfig(schema, json, file);
  for (const field of ['down_block_types', 'up_block_types'] as const) {
    const count = config.block_out_channels.length;
    if (config[field].length !== count) {
      throw new Error(
        `${file}: the field "${field}" has ${config[field].length} entries, but "block_out_channels" has ${count}; ` +
          'they must agree.',
      );
    }
  }
  return config;
}
