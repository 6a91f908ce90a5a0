import { z } from 'zod';
import { linearCombination } from '../../models/arithmetic';
import { defineNode } from '../../src/core/define-node';
import { noiseFor } from '../../src/core/foresight';
import { ProblemError } from '../../src/core/problem';

export default defineNode({
  type: 'latent/add-noise',
  version: 1,
  title: 'Add noise',
  help: 'Brings a clean latent to a noise level: that of a step inside a denoise zone, or that at which a schedule starts.',
  formula: 'signal · x + noise · n',
  symbols: {
    x: 'latent',
    n: 'noise',
    signal: 'how much of the latent is left at this level',
    noise: 'how much noise is in it',
  },
  alsoCalled: 'img2img, denoising strength',
  icon: 'spray',
  params: z.object({
    level: z.enum(['this step', 'next step']).default('next step').meta({
      description: 'Of the latent before or after the sampler step; after the last step the latent is clean.',
    }),
  }),
  in: {
    latent: { kind: 'latent', help: 'A clean latent, such as an encoded picture.' },
    noise: { kind: 'latent', help: 'The noise to add, of the same size.' },
    step: { kind: 'step', optional: true, help: 'Inside a zone: whose noise level to take.' },
    schedule: { kind: 'schedule', optional: true, help: 'Outside of a zone: the level at which it starts.' },
  },
  out: { latent: { kind: 'latent', help: 'The latent as it would look at that noise level.' } },
  foresee({ sizes: { latent, noise } }) {
    const unlike = noiseFor(latent, noise, 'noise');
    return unlike ? { problems: [unlike] } : { sizes: { latent } };
  },
  async run({ in: { latent, noise, step, schedule }, params: { level }, device }) {
    const mix = step ? (level === 'this step' ? step.step.level : afterStep(step)) : schedule?.start;
    if (!mix)
      throw new ProblemError({
        port: 'step',
        what: 'Nothing says how much noise to add.',
        cure: 'Wire the step of a zone, or a schedule.',
      });
    if (latent.tensor.dims.join() !== noise.tensor.dims.join())
      throw new ProblemError({
        port: 'noise',
        what: `The latent is ${latent.tensor.dims.join(' × ')}, the noise is ${noise.tensor.dims.join(' × ')}.`,
        cure: 'Wire the latent into after of Noise, and repeat it where there are several pictures.',
      });
    const tensor = await linearCombination(device, [
      { tensor: latent.tensor, coefficient: mix.signal },
      { tensor: noise.tensor, coefficient: mix.noise },
    ]);
    const { generator } = noise;
    return { latent: { tensor, ...(generator && { generator }) } };

    function afterStep({ index, count, step: row }: NonNullable<typeof step>) {
      return index === count - 1 ? { signal: 1, noise: 0 } : row.next;
    }
  },
});
