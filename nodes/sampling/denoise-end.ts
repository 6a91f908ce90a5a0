import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'sampling/denoise-end',
  version: 1,
  title: 'Denoise end',
  help: 'Closes a denoise zone: its latent goes back to the start for the next step, and out after the last one.',
  icon: 'repeat-off',
  params: z.object({}),
  in: { latent: { kind: 'latent', help: 'The latent after one step.' } },
  out: {
    latent: { kind: 'latent', help: 'The latent after the last step.' },
    trajectory: { kind: 'trajectory', help: 'The latent after every step.' },
  },
  foresee: ({ sizes: { latent } }) => ({ sizes: { latent } }),
  loopEnd: {
    finish({ evaluations }) {
      const latents = evaluations.map((evaluation) => evaluation.latent);
      const latent = latents.at(-1);
      if (!latent) throw new Error('The schedule has no steps.');
      return { latent, trajectory: { latents } };
    },
  },
});
