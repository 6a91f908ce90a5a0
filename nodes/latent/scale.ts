import { z } from 'zod';
import { latentMethods } from '../../models/rescale-methods';
import { defineNode } from '../../src/core/define-node';
import { cellPixels } from '../../src/core/foresight';

const pixels = z.int().min(0).max(16_384).meta({ step: 8, unit: 'px' });

export default defineNode({
  type: 'latent/scale',
  version: 1,
  title: 'Latent resize',
  help: 'Brings a latent to the size of a picture, in pixels, as ComfyUI does.',
  alsoCalled: 'Upscale Latent, LatentUpscale',
  icon: 'resize',
  params: z.object({
    method: z.enum(latentMethods).default('nearest-exact').meta({
      description: 'Four of torch’s interpolate; bislerp goes along the sphere between vectors.',
    }),
    width: pixels.default(512).meta({ description: 'Width of the picture; 0 follows from the height.' }),
    height: pixels.default(512).meta({ description: 'Height of the picture; 0 follows from the width.' }),
    crop: z
      .enum(['disabled', 'center'])
      .default('disabled')
      .meta({ description: 'Center takes the middle part of the ratio; disabled stretches.' }),
  }),
  in: { latent: { kind: 'latent', help: 'The latent to bring to a size.' } },
  out: { latent: { kind: 'latent', help: 'The latent at the new size.' } },
  foresee({ params: { width, height }, sizes: { latent } }) {
    if (!width || !height) return {};
    const cells = (length: number) => Math.floor(Math.max(64, length) / cellPixels);
    return { sizes: { latent: { ...latent, width: cells(width), height: cells(height) } } };
  },
  async run({ in: { latent }, params: { method, crop, ...wanted }, device }) {
    const { rescale, wholeSize } = await import('../../models/rescale');
    const [, , height = 0, width = 0] = latent.tensor.dims;
    const pixels = wholeSize({ width, height }, wanted, 64);
    if (!pixels) return { latent };
    const size = { width: Math.floor(pixels.width / cellPixels), height: Math.floor(pixels.height / cellPixels) };
    const tensor = await rescale(device, latent.tensor, size, method, crop === 'center');
    return { latent: { tensor, ...(latent.mask && { mask: latent.mask }) } };
  },
});
