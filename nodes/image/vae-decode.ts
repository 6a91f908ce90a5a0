import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'image/vae-decode',
  version: 1,
  title: 'VAE decode',
  help: 'Turns a latent into a picture.',
  icon: 'photo-down',
  params: z.object({}),
  in: { vae: 'vae', latent: 'latent' },
  out: { image: 'image' },
  async run({ in: { vae, latent }, device }) {
    return { image: { tensor: await vae.decode(device, latent.tensor) } };
  },
});
