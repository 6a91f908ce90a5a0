import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import { cellPixels } from '../../src/core/foresight';

export default defineNode({
  type: 'image/vae-decode',
  version: 1,
  title: 'VAE decode',
  help: 'Turns a latent into a picture.',
  icon: 'photo-down',
  params: z.object({}),
  in: { vae: 'vae', latent: 'latent' },
  out: { image: 'image' },
  foresee: ({ sizes: { latent } }) => ({
    sizes: { image: latent && { ...latent, width: latent.width * cellPixels, height: latent.height * cellPixels } },
  }),
  async run({ in: { vae, latent }, device }) {
    return { image: { tensor: await vae.decode(device, latent.tensor) } };
  },
});
