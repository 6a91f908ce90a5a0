import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';

export default defineNode({
  type: 'lists/trajectory',
  version: 1,
  title: 'Steps of a trajectory',
  help: 'The latents of a denoise zone step by step, as a list: decode them and see how the picture came to be.',
  alsoCalled: 'evolution, intermediate steps',
  icon: 'timeline',
  params: z.object({
    every: z.int().min(1).max(1000).default(1).meta({
      description: 'Takes only each of so many steps; the last one is always there.',
    }),
  }),
  in: { trajectory: { kind: 'trajectory', help: 'What Denoise end kept.' } },
  out: { latents: { kind: 'latent', lists: true, help: 'The latents, each called by its step.' } },
  run({ in: { trajectory }, params: { every } }) {
    const steps = trajectory.latents.map((value, i) => ({ label: `step ${i + 1}`, value }));
    return { latents: steps.filter((_, i) => (steps.length - 1 - i) % every === 0) };
  },
});
