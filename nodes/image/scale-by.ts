import { z } from 'zod';
import { imageMethods } from '../../models/rescale-methods';
import { defineNode } from '../../src/core/define-node';
import { roundHalfEven } from '../../src/diffusion/timesteps';

export default defineNode({
  type: 'image/scale-by',
  version: 1,
  title: 'Image upscale',
  help: 'Stretches or shrinks a picture by a factor, as ComfyUI does.',
  alsoCalled: 'Upscale Image By, ImageScaleBy',
  icon: 'arrows-maximize',
  params: z.object({
    method: z
      .enum(imageMethods)
      .default('nearest-exact')
      .meta({ description: 'Lanczos is sharp, area is for shrinking.' }),
    scale: z.number().min(0.01).max(8).default(1).meta({ step: 0.01, description: 'How much larger, both ways.' }),
  }),
  in: { image: { kind: 'image', help: 'The picture to stretch.' } },
  out: { image: { kind: 'image', help: 'The picture at the new size.' } },
  foresee: ({ params: { scale }, sizes: { image } }) => ({
    sizes: {
      image:
        image && scale
          ? { ...image, width: roundHalfEven(image.width * scale), height: roundHalfEven(image.height * scale) }
          : undefined,
    },
  }),
  async run({ in: { image }, params: { method, scale }, device }) {
    const { rescale } = await import('../../models/rescale');
    const [, , height = 0, width = 0] = image.tensor.dims;
    const size = { width: roundHalfEven(width * scale), height: roundHalfEven(height * scale) };
    return { image: { tensor: await rescale(device, image.tensor, size, method, false) } };
  },
});
