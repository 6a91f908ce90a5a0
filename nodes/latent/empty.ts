import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import { cellPixels } from '../../src/core/foresight';

const pixels = z.int().min(8).max(16_384).meta({ step: 8, unit: 'px' });

export default defineNode({
  type: 'latent/empty',
  version: 1,
  title: 'Empty latent',
  help: 'A latent of zeros: it tells a sampler how large the picture is, and how many to make.',
  alsoCalled: 'Empty Latent Image, EmptyLatentImage',
  icon: 'square-dashed',
  params: z.object({
    width: pixels
      .default(512)
      .meta({ description: 'Width of the picture; what is beyond a multiple of 8 is left out.' }),
    height: pixels
      .default(512)
      .meta({ description: 'Height of the picture; what is beyond a multiple of 8 is left out.' }),
    count: z.int().min(1).max(4096).default(1).meta({ description: 'Pictures made at once.' }),
  }),
  in: { vae: { kind: 'vae', optional: true, help: 'Whose latents to match; without it those of Stable Diffusion.' } },
  out: { latent: { kind: 'latent', help: 'Zeros, for a sampler that adds the noise itself.' } },
  foresee: ({ params: { width, height, count } }) =>
    width && height
      ? {
          sizes: {
            latent: {
              width: Math.floor(width / cellPixels),
              height: Math.floor(height / cellPixels),
              ...(count && { count }),
            },
          },
        }
      : {},
  run({ in: { vae }, params: { width, height, count }, device }) {
    const factor = vae?.factor ?? cellPixels;
    const dims = [count, vae?.latentChannels ?? 4, Math.floor(height / factor), Math.floor(width / factor)];
    return { latent: { tensor: device.tensor(new Float32Array(dims.reduce((n, dim) => n * dim, 1)), dims) } };
  },
});
