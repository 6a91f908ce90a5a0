import { z } from 'zod';
import { linearCombination } from '../../models/arithmetic';
import { defineNode } from '../../src/core/define-node';
import { noiseFor } from '../../src/core/foresight';
import { ProblemError } from '../../src/core/problem';
import type { Latent } from '../../src/core/values';

export default defineNode({
  type: 'sampling/denoise-start',
  version: 1,
  title: 'Denoise start',
  help: 'Opens a denoise zone. What lies between start and end runs once for each step of the schedule.',
  alsoCalled: 'KSampler, SamplerCustom, sampling loop',
  icon: 'repeat',
  params: z.object({}),
  in: {
    noise: { kind: 'latent', help: 'The noise to start from.' },
    schedule: { kind: 'schedule', help: 'The noise levels, and the sampler’s table.' },
    picture: { kind: 'latent', optional: true, help: 'An encoded picture to start from, as far as the strength says.' },
  },
  out: {
    latent: { kind: 'latent', help: 'The latent as it is at this step.' },
    step: { kind: 'step', help: 'Which noise level this step has, and what the sampler does there.' },
  },
  foresee({ sizes: { noise, picture } }) {
    const unlike = noiseFor(picture, noise, 'picture');
    return unlike ? { problems: [unlike] } : { sizes: { latent: noise } };
  },
  loopStart: {
    end: 'sampling/denoise-end',
    count: ({ schedule }) => schedule.steps.length,
    async enter({ in: { noise, schedule, picture }, index, previous, device }) {
      const step = schedule.steps[index];
      if (!step) throw new Error(`The schedule has no step ${index}.`);
      const { generator } = noise;
      const context = { index, count: schedule.steps.length, step, ...(generator && { generator }) };
      if (previous) return { latent: previous.latent as Latent, step: context };
      if (!picture) {
        const tensor = await linearCombination(device, [{ tensor: noise.tensor, coefficient: schedule.startScale }]);
        return { latent: { tensor }, step: context };
      }
      if (picture.tensor.dims.join() !== noise.tensor.dims.join())
        throw new ProblemError({
          port: 'picture',
          what: `The picture's latent is ${picture.tensor.dims.join(' × ')}, the noise is ${noise.tensor.dims.join(' × ')}.`,
          cure: 'Give Noise the size of the picture.',
        });
      const tensor = await linearCombination(device, [
        { tensor: picture.tensor, coefficient: schedule.start.signal },
        { tensor: noise.tensor, coefficient: schedule.start.noise },
      ]);
      return { latent: { tensor }, step: context };
    },
  },
});
