import { z } from 'zod';
import { imageChannels, maskOfImage } from '../../models/mask-images';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'mask/from-image',
  version: 1,
  title: 'Mask from image',
  help: 'Reads a picture as a mask: what is white is repainted.',
  alsoCalled: 'Image To Mask',
  icon: 'mask',
  params: z.object({
    channel: z.enum(imageChannels).default('luminance').meta({ description: 'Which part of the colour counts.' }),
  }),
  in: { image: { kind: 'image', help: 'The picture to read.' } },
  out: { mask: { kind: 'mask', help: 'White where the channel is bright.' } },
  run: async ({ in: { image }, params, device }) => ({
    mask: { tensor: await maskOfImage(device, image.tensor, params.channel) },
  }),
});
