import { describe, expect, test } from 'vitest';
import samplerStep from '../nodes/sampling/sampler-step';
import scheduler from '../nodes/sampling/scheduler';
import type { Surroundings } from '../src/core/define-node';
import { parametersOf } from '../src/core/parameters';
import type { Schedule } from '../src/core/sampler-table';
import { samplers } from '../src/diffusion/samplers';

const parameters = new Map(parametersOf(scheduler).map((parameter) => [parameter.name, parameter]));

async function schedule(params: Record<string, unknown>): Promise<Schedule> {
  const made = await scheduler.run?.({
    ...({} as Surroundings),
    in: { unet: undefined },
    params: scheduler.params.parse(params),
    kinds: {},
    state: undefined,
  });
  return (made as { schedule: Schedule }).schedule;
}

describe('the scheduler node', () => {
  test('offers every sampler by its title', () => {
    expect(parameters.get('sampler')?.options).toEqual(Object.keys(samplers));
    for (const [name, { title }] of Object.entries(samplers))
      expect(parameters.get('sampler')?.labels?.[name]).toBe(title);
  });

  test('says of every option which samplers take it', () => {
    for (const [name, { takes }] of Object.entries(samplers))
      for (const [option, { applies }] of parameters)
        if (applies?.sampler)
          expect(applies.sampler.includes(name)).toBe((takes as readonly string[]).includes(option));
    expect(parameters.get('eta')).toMatchObject({
      advanced: true,
      applies: { sampler: ['ddim', 'res-multistep'] },
      default: 0,
    });
    expect(parameters.get('eta')?.help).toBe('Share of fresh noise in each step. For DDIM, RES multistep.');
  });

  test('leaves out what another sampler left in its parameters', async () => {
    const plain = await schedule({ sampler: 'euler', steps: 5 });
    expect(await schedule({ sampler: 'euler', steps: 5, eta: 0.7, order: 3, clipping: 'range' })).toEqual(plain);
  });

  test('hands on what applies', async () => {
    const { title, steps } = await schedule({ sampler: 'ddim', steps: 5, eta: 0.7, clipping: 'dynamic' });
    expect(title).toBe('DDIM, eta 0.7, clipping dynamic, 5 steps');
    expect(steps.every(({ draws, threshold }) => draws && threshold?.quantile === 0.995)).toBe(true);
  });

  test('keeps the parameters of graphs that were made before there were options', async () => {
    const old = { sampler: 'dpmpp-2m', steps: 25, sigmas: 'karras', spacing: 'default', eta: 0, strength: 1 };
    expect((await schedule(old)).title).toBe('DPM++ 2M Karras, 25 steps');
  });
});

test('a prediction of noise where no signal is left is refused with what to do', async () => {
  const { steps } = await schedule({ sampler: 'ddim', steps: 2 });
  const [first] = steps;
  if (!first) throw new Error('There is no step.');
  const { epsilon: _, ...others } = first.denoised;
  const step = { ...first, denoised: others };
  const tensor = { type: 'float32', dims: [1, 4, 1, 1], bytes: 16, place: 'host' } as const;
  const run = async () =>
    samplerStep.run?.({
      ...({} as Surroundings),
      in: {
        latent: { tensor },
        prediction: { tensor, type: 'epsilon' },
        unguided: undefined,
        step: { index: 0, count: 2, step },
      },
      params: {},
      kinds: {},
      state: { slots: {}, draws: 0 },
    });
  await expect(run()).rejects.toThrow(/does not tell the picture: there is no signal left/);
});
