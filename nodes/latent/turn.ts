import { z } from 'zod';
import { turn, turns } from '../../models/layout';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'latent/turn',
  version: 1,
  title: 'Latent flip',
  help: 'Flips a latent or rotates it by quarters.',
  icon: 'flip-horizontal',
  params: z.object({ how: z.enum(turns).default('flip left to right') }),
  in: { latent: 'latent' },
  out: { latent: 'latent' },
  run: async ({ in: { latent }, params, device }) => ({
    latent: { tensor: await turn(device, latent.tensor, params.how) },
  }),
});
