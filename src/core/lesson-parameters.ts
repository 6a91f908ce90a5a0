import { z } from 'zod';

/** Which timesteps the steps of a lesson draw; `models/training/noisy-batch.ts` says how. */
export const timestepsParameter = () =>
  z
    .enum(['min-snr', 'even'])
    .default('min-snr')
    .meta({
      advanced: true,
      labels: { 'min-snr': 'those that count more (min-SNR)', even: 'each as often' },
      description: 'Which noise levels it learns at. Those with hardly any noise teach little and make the loss jump.',
    });

/** What a node that learns draws on the way. */
export const sampleParameters = {
  sample: z.string().max(2000).default('').meta({
    advanced: true,
    description: 'Prompt of the pictures on the way; empty, it is the first caption. They need a VAE.',
  }),
  sampleEvery: z.int().min(5).max(20_000).default(50).meta({
    advanced: true,
    description: 'Steps from one picture on the way to the next.',
  }),
};
