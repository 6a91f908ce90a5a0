import { z } from 'zod';
import { parseConfig, size } from './config';
import { parseUNetConfig, type UNetConfig } from './unet-config';

/**
 * The fields of config.json of diffusers' ControlNetModel that a UNet2DConditionModel does not have. All others are those
 * of the UNet whose copy it is, and are read as such.
 */
const schema = z.object({
  in_channels: size(64).default(4),
  conditioning_channels: z.literal(3).default(3),
  controlnet_conditioning_channel_order: z.enum(['rgb', 'bgr']).default('rgb'),
  conditioning_embedding_out_channels: z.array(size(16384)).min(1).max(8).default([16, 32, 96, 256]),
  global_pool_conditions: z.boolean().default(false),
  down_block_types: z.array(z.string()).max(8).optional(),
});

export interface ControlNetConfig {
  /** The UNet that it copies; of its way up and its last convolution there is nothing here. */
  readonly unet: UNetConfig;
  /** Channels of the convolutions that look at the picture, each half as large as the one before. */
  readonly lookChannels: readonly number[];
  readonly order: 'rgb' | 'bgr';
  readonly pooled: boolean;
}

export function parseControlNetConfig(json: unknown, file = 'config.json'): ControlNetConfig {
  const own = parseConfig(schema, json, file);
  const {
    conditioning_channels: _channels,
    controlnet_conditioning_channel_order: _order,
    conditioning_embedding_out_channels: _out,
    global_pool_conditions: _pooled,
    ...rest
  } = json as Record<string, unknown>;
  const mirrored = own.down_block_types?.toReversed().map((type) => type.replace('Down', 'Up'));
  const unet = { ...rest, out_channels: own.in_channels, ...(mirrored && { up_block_types: mirrored }) };
  return {
    unet: parseUNetConfig(unet, file),
    lookChannels: own.conditioning_embedding_out_channels,
    order: own.controlnet_conditioning_channel_order,
    pooled: own.global_pool_conditions,
  };
}
