import { z } from 'zod';
import { imageMethods } from '../../models/rescale-methods';
import { defineNode } from '../../src/core/define-node';

const pixels = z.int().min(0).max(16_384).meta({ unit: 'px' });

export default defineNode({
  type: 'image/scale',
  version: 1,
  title: 'Image resize',
  help: 'Brings a picture to a size as ComfyUI does: with torch’s interpolate, or with Pillow’s Lanczos.',
  alsoCalled: 'Upscale Image, ImageScale',
  icon: 'resize',
  params: z.object({
    method: z
      .enum(imageMethods)
      .default('nearest-exact')
      .meta({ description: 'Lanczos is sharp, area is for shrinking.' }),
    width: pixels.default(512).meta({ description: 'Width of the result; 0 follows from the height.' }),
    height: pixels.default(512).meta({ description: 'Height of the result; 0 follows from the width.' }),
    crop: z
      .enum(['disabled', 'center'])
      .default('disabled')
      .meta({ description: 'Center takes the middle part of the ratio; disabled stretches.' }),
  }),
  in: { image: { kind: 'image', help: 'The picture to bring to a size.' } },
  out: { image: { kind: 'image', help: 'The picture at the new size.' } },
  foresee: ({ params: { width, height }, sizes: { image } }) => ({
    sizes: { image: width && height ? { ...image, width, height } : undefined },
  }),
  async run({ in: { image }, params: { method, crop, ...wanted }, device }) {
    const { rescale, wholeSize } = await import('../../models/rescale');
    const [, , height = 0, width = 0] = image.tensor.dims;
    const size = wholeSize({ width, height }, wanted, 1);
    if (!size) return { image };
    return { image: { tensor: await rescale(device, image.tensor, size, method, crop === 'center') } };
  },
});
