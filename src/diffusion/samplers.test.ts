import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NoiseSchedule, Schedule, Step } from '../core/sampler-table';
import { inverse } from './ladders/inverse';
import { pndmLadder } from './ladders/pndm';
import { table } from './ladders/table';
import { CLIPPING, type OptionName, type SamplerOptions, samplerOptions } from './options';
import type { Sampler } from './sampler';
import { samplers } from './samplers';
import { compileSchedule, type ScheduleSettings } from './schedule';
import { isComfyui, type SigmaRule, sigmaRules } from './sigmas';
import { type Spacing, spacings } from './timesteps';

/** A sample as what it is made of: so much of x0, of the noise at the start, of each noise drawn since. */
type Mixture = readonly number[];

function combine(terms: readonly (readonly [number, Mixture])[], length: number): number[] {
  return Array.from({ length }, (_, i) => terms.reduce((sum, [factor, mix]) => sum + factor * (mix[i] ?? 0), 0));
}

/** Runs a table with a model that predicts x0 perfectly. The sample at the end. */
function withPerfectModel({ steps }: Schedule): number[] {
  const draws = steps.filter((step) => step.draws).length;
  let drawn = 0;
  const { signal, noise } = (steps[0] as Step).level;
  let slots: Readonly<Record<string, Mixture>> = { x: [signal, noise] };
  for (const step of steps) {
    const x0: Mixture = [1];
    const sources: Record<string, Mixture> = { ...slots, prediction: x0, denoised: x0, unguided: x0 };
    if (step.draws) sources.noise = [...new Array<number>(2 + drawn++).fill(0), 1];
    if (step.epsilon) {
      // Where there is no noise yet, as DDIM inversion begins, any will do.
      const { x, prediction } = step.epsilon.sample ?? { x: Number.NaN, prediction: Number.NaN };
      const read = [[x, slots.x as Mixture] as const, [prediction, x0] as const];
      sources.epsilon = step.epsilon.sample ? combine(read, 2 + draws) : [0, 1];
    }
    slots = Object.fromEntries(
      Object.entries(step.updateBy?.sample ?? step.update).map(([slot, row]) => {
        const terms = Object.entries(row).map(([source, factor]) => {
          const mix = sources[source];
          if (!mix) throw new Error(`The step reads "${source}", which nothing wrote.`);
          return [factor, mix] as const;
        });
        return [slot, combine(terms, 2 + draws)];
      }),
    );
  }
  return [...(slots.x as Mixture)];
}

const noiseSchedules: NoiseSchedule[] = [
  { betaSchedule: 'scaled_linear' as const, betaStart: 0.00085, betaEnd: 0.012 },
  { betaSchedule: 'linear' as const, betaStart: 0.0001, betaEnd: 0.02 },
  { betaSchedule: 'squaredcos_cap_v2' as const, betaStart: 0.00085, betaEnd: 0.012 },
  { betaSchedule: 'scaled_linear' as const, betaStart: 0.00085, betaEnd: 0.012, rescaleBetasZeroSnr: true },
].flatMap((one) => [
  { ...one, trainTimesteps: 1000, setAlphaToOne: false, stepsOffset: 1 },
  { ...one, trainTimesteps: 1000, setAlphaToOne: true, stepsOffset: 0 },
]);

/** Any value of an option, by its schema. */
function anyValue(name: OptionName): fc.Arbitrary<unknown> {
  const schema = samplerOptions[name].unwrap();
  if ('options' in schema) return fc.constantFrom(...schema.options);
  if (schema.def.type === 'boolean') return fc.boolean();
  const { minValue, maxValue } = schema as { minValue: number; maxValue: number };
  if (name === 'order') return fc.integer({ min: minValue, max: maxValue });
  return fc.double({ min: minValue + (name === 'clipRange' ? 0.01 : 0), max: maxValue, noNaN: true });
}

/** Settings for a sampler with any of its own options. */
const settings = (name: string): fc.Arbitrary<ScheduleSettings> => {
  const { takes, ladder } = samplers[name] as Sampler;
  const options = fc.record(Object.fromEntries(takes.map((option) => [option, anyValue(option)])), {
    requiredKeys: [],
  }) as fc.Arbitrary<Partial<SamplerOptions>>;
  return fc
    .record({
      steps: fc.integer({ min: 1, max: 200 }),
      spacing: fc.constantFrom<(Spacing | undefined)[]>(undefined, ...spacings),
      sigmas: fc.constantFrom<SigmaRule[]>(
        ...(ladder.placesSigmas === true
          ? sigmaRules
          : sigmaRules.filter((rule) => rule === 'default' || (ladder.placesSigmas && isComfyui(rule)))),
      ),
      noiseSchedule: fc.constantFrom(...noiseSchedules),
      strength: fc.oneof(
        { weight: 3, arbitrary: fc.constant(1) },
        { weight: 1, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
      ),
    })
    .chain((base) => options.map((own) => ({ ...own, ...base, sampler: name })));
};

function compiled(given: ScheduleSettings): Schedule | undefined {
  try {
    return compileSchedule(given);
  } catch (error) {
    // What is refused is refused in a sentence, and not by an accident inside.
    expect((error as Error).name).toBe('Error');
    expect((error as Error).message).toMatch(/^[A-Z].*[a-z].*[.]$/);
    return undefined;
  }
}

const numbersIn = (value: unknown): number[] =>
  typeof value === 'number'
    ? [value]
    : typeof value === 'object' && value
      ? Object.values(value).flatMap(numbersIn)
      : [];

const names = Object.keys(samplers);

/**
 * Settings with which every step begins at the noise level where the one before it ended. As in diffusers not so: Euler with
 * churn, whose model does not see the noise that is added; a start below full strength of samplers that look back; DDIM and
 * what is made like it, which go down by trained / steps timesteps however these are spaced.
 */
const chained = ({ sampler, churn = 0, strength = 1, spacing }: ScheduleSettings) => {
  const stride = [table, pndmLadder, inverse].includes((samplers[sampler] as Sampler).ladder);
  return churn === 0 && strength === 1 && (!stride || spacing === undefined || spacing === 'leading');
};

describe.each(names)('the table of %s', (name) => {
  test('has only finite numbers for any settings that are not refused with a reason', () => {
    fc.assert(
      fc.property(settings(name), (given) => {
        const schedule = compiled(given);
        const bad = schedule?.steps.findIndex((step) => !numbersIn(step).every(Number.isFinite)) ?? -1;
        expect(schedule?.steps[bad], `row ${bad}`).toBeUndefined();
        if (schedule) expect(numbersIn([schedule.start, schedule.startScale]).every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('brings a perfect model to its picture, with the noise that the table says is left', () => {
    fc.assert(
      fc.property(settings(name).filter(chained), (given) => {
        const schedule = compiled(given);
        fc.pre(schedule !== undefined);
        const [signal = Number.NaN, ...noises] = withPerfectModel(schedule);
        const { next } = schedule.steps.at(-1) as Step;
        expect(Math.abs(signal - next.signal)).toBeLessThan(1e-5);
        if (given.variance === 'fixed_large') return;
        // Two steps of DPM-Fast from a noise of thousands multiply the rounding of 32 bits by as much, as in k-diffusion.
        const rounded = name === 'dpm-fast' ? 2e-4 * (schedule.steps[0] as Step).level.noise : 0;
        expect(Math.abs(Math.hypot(...noises) - next.noise)).toBeLessThan(1e-5 + 2e-4 * next.noise + rounded);
      }),
      { numRuns: 25 },
    );
  });

  test('is found whatever number of steps from 1 to 200 is asked for, with settings as they come', () => {
    const most = name === 'lcm' || name === 'tcd' ? 50 : 200;
    for (let steps = 1; steps <= most; steps += 1) {
      const schedule = compileSchedule({ sampler: name, steps, noiseSchedule: noiseSchedules[0] as NoiseSchedule });
      const [signal = Number.NaN] = withPerfectModel(schedule);
      expect(Math.abs(signal - (schedule.steps.at(-1) as Step).next.signal)).toBeLessThan(1e-5);
    }
  });

  test('is built quickly for 1000 steps', () => {
    const steps = name === 'lcm' || name === 'tcd' ? 50 : name === 'dpmpp-2m' ? 999 : 998;
    const given = { sampler: name, steps, noiseSchedule: noiseSchedules[0] as NoiseSchedule };
    const times = Array.from({ length: 21 }, () => {
      const from = performance.now();
      compileSchedule(given);
      return performance.now() - from;
    }).sort((a, b) => a - b);
    const median = times[10] as number;
    if (process.env.WEFT_TIMES) console.log(`${name}: ${median.toFixed(3)} ms`);
    // It takes well under a millisecond; this only has to hold on the busiest machine.
    expect(median).toBeLessThan(20);
  });
});

test('no option is declared that no sampler takes', () => {
  const taken = new Set(names.flatMap((name) => samplers[name]?.takes ?? []));
  expect(Object.keys(samplerOptions).filter((option) => !taken.has(option as OptionName))).toEqual([]);
  expect(CLIPPING.every((option) => taken.has(option))).toBe(true);
});
