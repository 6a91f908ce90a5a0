import { describe, expect, test } from 'vitest';
import comfyui from '../../test/fixtures/comfyui-sigmas.json';
import recorded from '../../test/fixtures/schedules.json';
import type { NoiseSchedule } from '../core/sampler-table';
import { betaQuantile } from './beta-distribution';
import { compileSchedule } from './schedule';
import { type SigmaRule, sigmaRules } from './sigmas';

const sd15: NoiseSchedule = {
  trainTimesteps: 1000,
  betaStart: 0.00085,
  betaEnd: 0.012,
  betaSchedule: 'scaled_linear',
  setAlphaToOne: false,
  stepsOffset: 1,
};

const sigmasOf = (settings: { steps: number; sigmas: SigmaRule; strength?: number; sampler?: string }): number[] =>
  compileSchedule({ sampler: 'euler', noiseSchedule: sd15, ...settings }).steps.map(({ sigma }) => sigma);

test.each(recorded.betaQuantiles)(
  'the share $p of the beta distribution ($a, $b) lies below $x, as in scipy',
  (one) => {
    expect(Math.abs(betaQuantile(one.p, one.a, one.b) - one.x)).toBeLessThanOrEqual(1e-12 + 1e-9 * one.x);
  },
);

describe('with the sigmas of ComfyUI', () => {
  const lists = Object.entries(comfyui.steps).flatMap(([steps, schedulers]) =>
    Object.entries(schedulers).map(([name, sigmas]) => [name, Number(steps), sigmas] as const),
  );

  test.each(lists)('%s has the noise levels of its scheduler in %i steps', (name, steps, expected) => {
    const sigmas = [...sigmasOf({ steps, sigmas: `comfyui-${name}` as SigmaRule }), 0];
    expect(sigmas.length).toBe(expected.length);
    for (const [i, sigma] of sigmas.entries()) {
      const wanted = expected[i] as number;
      expect(Math.abs(sigma - wanted)).toBeLessThanOrEqual(2e-6 * wanted);
    }
  });

  test('all schedulers of the reference are there, and no other', () => {
    const names = sigmaRules.filter((rule) => rule.startsWith('comfyui-')).map((rule) => rule.slice('comfyui-'.length));
    // The prompts of test/reference/make_comfyui.py prove this one.
    const proved = 'linear_quadratic';
    expect(names.sort()).toEqual([...Object.keys(comfyui.steps['4']), proved].sort());
  });

  test('a denoise runs all steps asked for: the last of steps / denoise', () => {
    const all = sigmasOf({ steps: 20, sigmas: 'comfyui-normal' });
    expect(sigmasOf({ steps: 10, sigmas: 'comfyui-normal', strength: 0.5 })).toEqual(all.slice(-10));
    expect(sigmasOf({ steps: 7, sigmas: 'comfyui-normal', strength: 0.35 })).toEqual(all.slice(-7));
  });

  test('the samplers that leave out the last sigma but one do', () => {
    const longer = sigmasOf({ steps: 9, sigmas: 'comfyui-karras' });
    expect(sigmasOf({ sampler: 'unipc', steps: 8, sigmas: 'comfyui-karras' })).toEqual(longer.slice(0, -1));
  });

  test('the model is asked at whole timesteps, the nearest ones', () => {
    const { steps } = compileSchedule({
      sampler: 'dpmpp-sde',
      steps: 13,
      sigmas: 'comfyui-karras',
      noiseSchedule: sd15,
    });
    expect(steps.every(({ timestep }) => Number.isInteger(timestep))).toBe(true);
    expect(steps[0]?.timestep).toBe(999);
  });

  test('the noise at the start is scaled up where it is that of the noisiest timestep', () => {
    const start = (sigmas: SigmaRule, sampler = 'euler') =>
      compileSchedule({ sampler, steps: 4, sigmas, noiseSchedule: sd15 }).startScale;
    expect(start('comfyui-normal')).toBeCloseTo(Math.hypot(1, comfyui.sigma_max), 4);
    expect(start('comfyui-normal', 'dpmpp-2m')).toBeCloseTo(1, 6);
    expect(start('comfyui-ddim_uniform')).toBeCloseTo(4.116696, 4);
  });
});
