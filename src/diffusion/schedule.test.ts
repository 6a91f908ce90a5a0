import { describe, expect, test } from 'vitest';
import recorded from '../../test/fixtures/schedules.json';
import type { NoiseSchedule, PredictionType, Step } from '../core/values';
import { alphasCumprod } from './noise-schedule';
import { TorchGenerator } from './random';
import { samplers } from './samplers';
import { compileSchedule, type ScheduleSettings } from './schedule';
import { type SigmaRule, sigmaRules } from './sigmas';
import { type Spacing, spacings } from './timesteps';

const SIZE = 256;
const TOLERANCE = 2e-5;

type Slots = Readonly<Record<string, Float32Array>>;

/** The sum of slots times coefficients, each added in double precision and stored as float32. */
function combine(sources: Slots, coefficients: Readonly<Record<string, number>>): Float32Array {
  return Float32Array.from({ length: SIZE }, (_, index) =>
    Object.entries(coefficients).reduce((sum, [name, coefficient]) => {
      const source = sources[name];
      if (source === undefined) throw new Error(`The step reads "${name}", which nothing wrote.`);
      return sum + coefficient * (source[index] as number);
    }, 0),
  );
}

/** What the denoise zone does with one row of a schedule, over plain arrays. */
function applyStep(slots: Slots, step: Step, type: PredictionType, generator: TorchGenerator): Slots {
  const x = slots.x as Float32Array;
  const prediction = predict(
    x.map((value) => value * step.inputScale),
    step.timestep,
  );
  const denoised = combine({ x, prediction }, step.denoised[type] as Record<'x' | 'prediction', number>);
  const noise = step.draws ? { noise: generator.randn(SIZE) } : {};
  const sources = { ...slots, prediction, denoised, ...noise };
  return Object.fromEntries(Object.entries(step.update).map(([name, row]) => [name, combine(sources, row)]));
}

function ramp(factor: number, modulus: number): Float32Array {
  return Float32Array.from({ length: SIZE }, (_, k) => (2 * ((k * factor) % modulus) - (modulus - 1)) / modulus);
}

// The stand-in for a latent, its model and its noise in test/reference/make_schedules.py.
const START = ramp(7919, 1009);
const PATTERN = ramp(3571, 509);
const NOISE = ramp(104729, 997).map((value) => value * 1.5);

function predict(sample: Float32Array, timestep: number): Float32Array {
  const time = Math.fround(Math.fround(timestep) / 1000);
  return sample.map((value, index) => {
    const scaled = Math.fround(Math.fround(Math.min(Math.max(value, -3), 3) * 0.5) * time);
    return scaled + (PATTERN[index] as number) * 0.25;
  });
}

interface Case {
  settings: Omit<ScheduleSettings, 'noiseSchedule'>;
  schedule: NoiseSchedule;
  prediction: PredictionType;
  startScale: number;
  trace: number[][];
  final: number[];
}

const cases: Case[] = recorded.cases.map(({ settings, schedule, prediction, ...rest }) => ({
  ...rest,
  settings: { ...settings, spacing: settings.spacing as Spacing, sigmas: settings.sigmas as SigmaRule },
  schedule: schedule as NoiseSchedule,
  prediction: prediction as PredictionType,
}));

function name({ settings, schedule, prediction }: Case): string {
  return [...Object.values(settings), schedule.betaSchedule, schedule.rescaleBetasZeroSnr && 'zero SNR', prediction]
    .filter((part) => part !== false)
    .join(' ');
}

const absolute = (values: Iterable<number>): number => [...values].reduce((sum, value) => sum + Math.abs(value), 0);

function expectClose(actual: ArrayLike<number>, expected: readonly number[], scale: number): void {
  for (const [index, value] of expected.entries()) {
    const bound = TOLERANCE * Math.max(Math.abs(value), scale);
    expect(Math.abs((actual[index] as number) - value)).toBeLessThanOrEqual(bound);
  }
}

describe('the noise schedule', () => {
  const sd15: NoiseSchedule = {
    trainTimesteps: 1000,
    betaStart: 0.00085,
    betaEnd: 0.012,
    betaSchedule: 'scaled_linear',
    setAlphaToOne: false,
    stepsOffset: 1,
  };
  const exact: [keyof typeof recorded.alphasCumprod, NoiseSchedule][] = [
    ['scaled_linear', sd15],
    ['linear', { ...sd15, betaSchedule: 'linear', betaStart: 0.0001, betaEnd: 0.02 }],
    ['squaredcos_cap_v2', { ...sd15, betaSchedule: 'squaredcos_cap_v2' }],
  ];

  test.each(exact)('%s has the bits of diffusers at all 1000 timesteps', (key, schedule) => {
    const bits = [...new Uint32Array(Float32Array.from(alphasCumprod(schedule)).buffer)];
    expect(bits.map((word) => word.toString(16).padStart(8, '0')).join('')).toBe(recorded.alphasCumprod[key]);
  });

  // torch's vectorised square root is off by a bit for every sixth value, so no bits can be asked for here.
  test('rescaled to zero terminal SNR is that of diffusers to 5e-7 and ends at exactly 0', () => {
    const hex = recorded.alphasCumprod['scaled_linear, zero terminal SNR'];
    const words = Uint32Array.from(hex.match(/.{8}/g) ?? [], (word) => Number.parseInt(word, 16));
    const expected = new Float32Array(words.buffer);
    const signals = alphasCumprod({ ...sd15, rescaleBetasZeroSnr: true });
    expect(signals.every((signal, index) => Math.abs(signal - (expected[index] as number)) <= 5e-7)).toBe(true);
    expect(signals[999]).toBe(0);
  });

  test('of fewer than 2 timesteps is refused in a sentence', () => {
    expect(() => alphasCumprod({ ...sd15, trainTimesteps: 1 })).toThrow(/at least 2 training timesteps/);
  });
});

describe('a compiled schedule steps as diffusers does', () => {
  test.each(cases.map((recordedCase) => [name(recordedCase), recordedCase] as const))('%s', (_, expected) => {
    const { settings, prediction, trace, final } = expected;
    const schedule = compileSchedule({ ...settings, noiseSchedule: expected.schedule });
    expect(schedule.steps.map(({ timestep }) => timestep)).toEqual(
      trace.map(([timestep]) => expect.closeTo(timestep as number, 2)),
    );
    expect(Math.abs(schedule.startScale / expected.startScale - 1)).toBeLessThan(1e-6);

    const { signal, noise } = schedule.start;
    let slots: Slots =
      (settings.strength ?? 1) < 1
        ? { x: combine({ START, NOISE }, { START: signal, NOISE: noise }) }
        : { x: START.map((value) => value * schedule.startScale) };
    const generator = new TorchGenerator(recorded.seed);
    schedule.steps.forEach((step, index) => {
      slots = applyStep(slots, step, prediction, generator);
      const [, sum = 0, ...first] = trace[index] ?? [];
      const x = slots.x as Float32Array;
      expect(Math.abs(absolute(x) / sum - 1)).toBeLessThan(TOLERANCE);
      expectClose(x, first, sum / SIZE);
    });
    expectClose(slots.x as Float32Array, final, absolute(final) / final.length);
  });
});

describe('settings that do not fit', () => {
  const noiseSchedule = cases[0]?.schedule as NoiseSchedule;
  const plain = { sampler: 'euler', steps: 20, noiseSchedule };

  test.each<[Partial<ScheduleSettings>, RegExp]>([
    [{ sampler: 'guess' }, /^There is no sampler "guess"\. Known are .*ddim.*euler.*\.$/],
    [{ sampler: 'constructor' }, /^There is no sampler "constructor"/],
    [{ steps: 0 }, /^The number of steps is 0, but has to be a whole number from 1 to 1000/],
    [{ steps: 2.5 }, /^The number of steps is 2\.5,/],
    [{ steps: 1001 }, /^The number of steps is 1001,/],
    [
      { sampler: 'dpmpp-2m', steps: 1000 },
      /^With 1000 steps, linspace spacing puts two of them at the same noise level: take fewer steps\.$/,
    ],
    [{ strength: 0.04 }, /^A strength of 0\.04 leaves none of the 20 steps to run: raise the strength to 0\.05/],
    [{ strength: 1.5 }, /^The strength is 1\.5, but has to lie between 0 and 1\.$/],
    [{ eta: 0.5 }, /^Euler does not take eta: set it to 0/],
    [{ sampler: 'ddim', eta: -1 }, /^Eta is -1,/],
    [{ sampler: 'ddim', sigmas: 'karras' }, /^DDIM goes down its own noise levels: set the sigmas to "default"/],
  ])('%o are refused in a sentence', (change, message) => {
    expect(() => compileSchedule({ ...plain, ...change })).toThrow(message);
  });

  test('are told apart from those that do by the title', () => {
    expect(compileSchedule({ ...plain, sampler: 'dpmpp-2m', sigmas: 'karras' }).title).toBe(
      'DPM++ 2M Karras, 20 steps',
    );
    expect(compileSchedule({ ...plain, strength: 0.5 }).title).toBe('Euler, 10 of 20 steps');
  });
});

test('every sampler, spacing and rule gives finite rows for any number of steps it accepts', () => {
  const noiseSchedule = cases[0]?.schedule as NoiseSchedule;
  for (const [sampler, { placesSigmas }] of Object.entries(samplers)) {
    for (const spacing of spacings) {
      for (const sigmas of placesSigmas ? sigmaRules : (['default'] as const)) {
        for (const steps of [1, 2, 3, 61, 499, 998]) {
          const schedule = compileSchedule({ sampler, spacing, sigmas, steps, noiseSchedule });
          const numbers = schedule.steps.flatMap(({ update, inputScale, timestep }) => [
            inputScale,
            timestep,
            ...Object.values(update).flatMap((row) => Object.values(row)),
          ]);
          expect(numbers.every(Number.isFinite), `${sampler} ${spacing} ${sigmas} ${steps}`).toBe(true);
        }
      }
    }
  }
});
