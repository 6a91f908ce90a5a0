import { z } from 'zod';
import { interpolate } from '../../models/layout';
import { latentMethods } from '../../models/rescale-methods';
import { defineNode } from '../../src/core/define-node';
import { roundHalfEven } from '../../src/diffusion/timesteps';

const scaled = (cells: number, scale: number): number => Math.max(1, roundHalfEven(cells * scale));

export default defineNode({
  type: 'latent/upscale',
  version: 1,
  title: 'Latent upscale',
  help: 'Stretches a latent, which a second pass of denoising then fills with detail.',
  alsoCalled: 'Upscale Latent, hires fix',
  icon: 'arrows-maximize',
  params: z.object({
    scale: z
      .number()
      .min(0.125)
      .max(8)
      .default(2)
      .meta({ step: 0.25, description: 'How much larger, in both directions.' }),
    method: z
      .enum(['nearest', ...latentMethods])
      .default('nearest')
      .meta({
        description: 'As torch’s interpolate; bislerp, of ComfyUI, goes along the sphere between vectors.',
      }),
  }),
  in: { latent: { kind: 'latent', help: 'The latent of a first pass.' } },
  out: { latent: { kind: 'latent', help: 'The latent at the new size, soft until it is denoised again.' } },
  foresee: ({ params: { scale }, sizes: { latent } }) => ({
    sizes: {
      latent:
        latent && scale
          ? { ...latent, width: scaled(latent.width, scale), height: scaled(latent.height, scale) }
          : undefined,
    },
  }),
  async run({ in: { latent }, params: { scale, method }, device }) {
    const [, , height = 0, width = 0] = latent.tensor.dims;
    const to = { width: scaled(width, scale), height: scaled(height, scale) };
    const tensor =
      method === 'nearest' || method === 'bilinear'
        ? await interpolate(device, latent.tensor, to, method)
        : await (await import('../../models/rescale')).rescale(device, latent.tensor, to, method, false);
    return { latent: { tensor, ...(latent.mask && { mask: latent.mask }) } };
  },
});
