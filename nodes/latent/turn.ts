import { z } from 'zod';
import { turn, turns } from '../../models/layout';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'latent/turn',
  version: 1,
  title: 'Latent flip',
  help: 'Flips a latent or rotates it by quarters.',
  icon: 'flip-horizontal',
  params: z.object({
    how: z.enum(turns).default('flip left to right').meta({ description: 'Which way to flip it or to rotate it.' }),
  }),
  in: { latent: { kind: 'latent', help: 'The latent to turn.' } },
  out: { latent: { kind: 'latent', help: 'The latent, turned; by quarters, width and height change places.' } },
  run: async ({ in: { latent }, params, device }) => ({
    latent: { tensor: await turn(device, latent.tensor, params.how) },
  }),
});
