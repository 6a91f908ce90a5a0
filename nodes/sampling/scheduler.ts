import { z } from 'zod';
import { defineNode } from '../../src/core/define-node';
import type { NoiseSchedule } from '../../src/core/sampler-table';
import { optionNames, samplerOptions } from '../../src/diffusion/options';
import { samplers } from '../../src/diffusion/samplers';
import { compileSchedule, optionsOf } from '../../src/diffusion/schedule';
import { sigmaRules, sigmaTitle } from '../../src/diffusion/sigmas';
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

const mapValues = <T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

/** A parameter for each option of the samplers, which says whose it is. */
function optionParameters(): typeof samplerOptions {
  const parameters = optionNames.map((name) => {
    const takers = Object.entries(samplers).filter(([, { takes }]) => takes.includes(name));
    const schema = samplerOptions[name];
    const meta = schema.meta();
    const whose = takers.map(([, { title }]) => title).join(', ');
    return [
      name,
      schema.meta({
        ...meta,
        description: `${meta?.description} For ${whose}.`,
        advanced: true,
        applies: { sampler: takers.map(([sampler]) => sampler) },
      }),
    ];
  });
  return Object.fromEntries(parameters) as typeof samplerOptions;
}

export default defineNode({
  type: 'sampling/scheduler',
  version: 1,
  title: 'Scheduler',
  help: 'Decides at which noise levels the UNet is asked, and compiles the sampler into a table of steps.',
  formula: 'σ_t = √((1 − ᾱ_t) / ᾱ_t)',
  symbols: { σ_t: 'noise level at timestep t', ᾱ_t: 'what is left of the picture in training' },
  alsoCalled: 'KSamplerSelect, BasicScheduler, sigmas, sampling steps',
  icon: 'stairs-down',
  params: z.object({
    sampler: z
      .enum(Object.keys(samplers))
      .default('dpmpp-2m')
      .meta({
        description: 'How one step follows from another.',
        labels: mapValues(samplers, ({ title }) => title),
      }),
    steps: z.int().min(1).max(1000).default(25).meta({ description: 'More steps follow the path more exactly.' }),
    sigmas: z
      .enum(sigmaRules)
      .default('default')
      .meta({
        description:
          'How the noise levels are spread. Those of ComfyUI bring its timesteps and its meaning of denoise.',
        labels: Object.fromEntries(sigmaRules.map((rule) => [rule, sigmaTitle(rule)])),
      }),
    spacing: z
      .enum(['default', ...spacings])
      .default('default')
      .meta({ description: 'How the timesteps are spread.' }),
    ...optionParameters(),
    strength: z
      .number()
      .min(0)
      .max(1)
      .default(1)
      .meta({ step: 0.05, description: 'Share of the steps that are run; below 1 a start picture shines through.' }),
    firstStep: z.int().min(0).max(10_000).default(0).meta({
      advanced: true,
      description: 'With ComfyUI’s sigmas: the step to begin with, for a latent that another sampler left there.',
    }),
    lastStep: z.int().min(0).max(10_000).default(10_000).meta({
      advanced: true,
      description: 'With ComfyUI’s sigmas: the step to stop at.',
    }),
    leftover: z.boolean().default(false).meta({
      advanced: true,
      description: 'Where it stops early, leave the noise that is there then for the next sampler.',
    }),
  }),
  in: {
    unet: {
      kind: 'unet',
      optional: true,
      help: 'Whose noise schedule to follow; without it that of Stable Diffusion 1.',
    },
  },
  out: { schedule: { kind: 'schedule', help: 'All noise levels with the sampler’s table, for a denoise zone.' } },
  run({
    in: { unet },
    params: { sampler, steps, sigmas, spacing, strength, firstStep, lastStep, leftover, ...options },
  }) {
    const part = { first: firstStep, last: lastStep, leftover };
    return {
      schedule: compileSchedule({
        sampler,
        steps,
        sigmas,
        strength,
        ...((firstStep > 0 || lastStep < 10_000) && { part }),
        // What another sampler left here does not apply to this one.
        ...optionsOf(sampler, options),
        spacing: spacing === 'default' ? undefined : spacing,
        noiseSchedule: unet?.noiseSchedule ?? stableDiffusion,
      }),
    };
  },
});
