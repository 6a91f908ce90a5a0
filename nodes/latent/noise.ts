import { z } from 'zod';
import { defineNode, seed } from '../../src/core/define-node';
import { ProblemError } from '../../src/core/problem';
import { drawNoise } from '../../src/diffusion/random';

const pixels = z.int().min(8).max(4096).meta({ step: 8, unit: 'px' });

export default defineNode({
  type: 'latent/noise',
  version: 1,
  title: 'Noise',
  help: 'The start of a picture: normal noise, bit for bit that of torch.randn for the same seed and size.',
  icon: 'grain',
  params: z.object({
    seed: seed().default('42'),
    width: pixels.default(512).meta({ description: 'Width of the picture; a multiple of 8.' }),
    height: pixels.default(512).meta({ description: 'Height of the picture; a multiple of 8.' }),
    count: z.int().min(1).max(64).default(1).meta({ description: 'Pictures made at once, from one stream of noise.' }),
  }),
  in: { vae: { kind: 'vae', optional: true, help: 'Whose latents to match; without it those of Stable Diffusion.' } },
  out: { latent: 'latent' },
  run({ in: { vae }, params: { seed, width, height, count }, device }) {
    const factor = vae?.factor ?? 8;
    for (const [port, size] of Object.entries({ width, height }))
      if (size % factor)
        throw new ProblemError({
          port,
          what: `A ${port} of ${size} px does not divide into latents of ${factor} px.`,
          cure: `Take ${Math.max(1, Math.round(size / factor)) * factor}.`,
        });
    const dims = [count, vae?.latentChannels ?? 4, height / factor, width / factor];
    const { noise, generator } = drawNoise(
      { seed, draws: 0 },
      dims.reduce((n, dim) => n * dim),
    );
    return { latent: { tensor: device.tensor(noise, dims), generator } };
  },
});
