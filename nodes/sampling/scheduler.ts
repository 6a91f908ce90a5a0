import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import type { NoiseSchedule } from '../../src/core/values';
import { samplers } from '../../src/diffusion/samplers';
import { compileSchedule } from '../../src/diffusion/schedule';
import { sigmaRules } from '../../src/diffusion/sigmas';
import { spacings } from '../../src/diffusion/timesteps';

/** Of Stable Diffusion 1.x, for graphs whose scheduler is not wired to a UNet. */
const stableDiffusion: NoiseSchedule = {
  trainTimesteps: 1000,
  betaStart: 0.00085,
  betaEnd: 0.012,
  betaSchedule: 'scaled_linear',
  setAlphaToOne: false,
  stepsOffset: 1,
};

export default defineNode({
  type: 'sampling/scheduler',
  version: 1,
  title: 'Scheduler',
  help: 'Decides at which noise levels the UNet is asked, and compiles the sampler into a table of steps.',
  icon: 'stairs-down',
  params: z.object({
    sampler: z
      .enum(Object.keys(samplers))
      .default('dpmpp-2m')
      .meta({ description: 'How one step follows from another.' }),
    steps: z.int().min(1).max(1000).default(25).meta({ description: 'More steps follow the path more exactly.' }),
    sigmas: z.enum(sigmaRules).default('default').meta({ description: 'How the noise levels are spread.' }),
    spacing: z
      .enum(['default', ...spacings])
      .default('default')
      .meta({ description: 'How the timesteps are spread.' }),
    eta: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .meta({ step: 0.05, description: 'Share of fresh noise in each step (DDIM).' }),
    strength: z
      .number()
      .min(0)
      .max(1)
      .default(1)
      .meta({ step: 0.05, description: 'Share of the steps that are run; below 1 a start picture shines through.' }),
  }),
  in: {
    unet: {
      kind: 'unet',
      optional: true,
      help: 'Whose noise schedule to follow; without it that of Stable Diffusion 1.',
    },
  },
  out: { schedule: 'schedule' },
  run({ in: { unet }, params: { spacing, ...settings } }) {
    return {
      schedule: compileSchedule({
        ...settings,
        spacing: spacing === 'default' ? undefined : spacing,
        noiseSchedule: unet?.noiseSchedule ?? stableDiffusion,
      }),
    };
  },
});
