import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import { resizeDraws } from '../../src/diffusion/random';

const elements = (dims: readonly number[]) => dims.reduce((n, dim) => n * dim, 1);

export default defineNode({
  type: 'latent/stream',
  version: 1,
  title: 'Go on after',
  help: 'Gives a latent the place in the stream of random numbers that another has reached. Samplers that draw noise go on from there.',
  icon: 'player-track-next',
  params: z.object({}),
  in: {
    latent: { kind: 'latent', help: 'The latent that goes on.' },
    after: { kind: 'latent', help: 'Who drew last: a sampled VAE encode, or Noise.' },
  },
  out: { latent: { kind: 'latent', help: 'The same numbers; only where random numbers go on has changed.' } },
  foresee: ({ sizes: { latent } }) => ({ sizes: { latent } }),
  run({ in: { latent, after } }) {
    const { tensor } = latent;
    if (!after.generator) return { latent };
    return {
      latent: {
        tensor,
        generator: resizeDraws(after.generator, elements(after.tensor.dims), elements(tensor.dims)),
      },
    };
  },
});
