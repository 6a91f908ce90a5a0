import { expect } from 'vitest';
import type { NoiseSchedule, PredictionType } from '../src/core/sampler-table';
import { drawNoise } from '../src/diffusion/random';
import type { ScheduleSettings } from '../src/diffusion/schedule';
import recorded from './fixtures/schedules.json';

/** What test/reference/make_schedules.py recorded of diffusers' schedulers, and the stand-ins for latent, noise and model there. */

export const DIMS = [1, 4, 8, 8] as const;
export const SIZE = 256;
const TOLERANCE = 2e-5;

export interface RecordedCase {
  readonly id: string;
  readonly settings: Omit<ScheduleSettings, 'noiseSchedule'>;
  readonly schedule: NoiseSchedule;
  readonly prediction: PredictionType;
  readonly startScale: number;
  /** For each evaluation. */
  readonly trace: readonly { readonly timestep: number; readonly absoluteSum: number; readonly first: number[] }[];
  readonly final: readonly number[];
  /** Brownian noises in the order they were asked for: of a step's first half, of the whole step. */
  readonly draws: Float32Array;
}

function floats(base64: string): Float32Array {
  return new Float32Array(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).buffer);
}

function traceOf(base64: string): RecordedCase['trace'] {
  const values = floats(base64);
  return Array.from({ length: values.length / 6 }, (_, i) => {
    const [timestep = 0, absoluteSum = 0, ...first] = values.slice(6 * i, 6 * i + 6);
    return { timestep, absoluteSum, first };
  });
}

export const cases = recorded.cases.map((entry): RecordedCase => {
  const { trace, final, settings, schedule, prediction, ...rest } = entry;
  return {
    ...rest,
    settings: settings as unknown as RecordedCase['settings'],
    schedule: { trainTimesteps: 1000, ...(schedule as Omit<NoiseSchedule, 'trainTimesteps'>) },
    prediction: prediction as PredictionType,
    trace: traceOf(trace),
    final: [...floats(final)],
    draws: floats('draws' in entry ? (entry.draws as string) : ''),
  };
});

function ramp(factor: number, modulus: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: SIZE }, (_, k) => (2 * ((k * factor) % modulus) - (modulus - 1)) / modulus);
}

export const START = ramp(7919, 1009);
export const NOISE = ramp(104729, 997).map((value) => value * 1.5);
export const PATTERN = ramp(3571, 509);

/** The model: of a sample that is scaled already. */
export function predict(sample: Float32Array, timestep: number): Float32Array<ArrayBuffer> {
  const time = Math.fround(Math.fround(timestep) / 1000);
  return Float32Array.from(sample, (value, index) => {
    const scaled = Math.fround(Math.fround(Math.min(Math.max(value, -3), 3) * 0.5) * time);
    return scaled + (PATTERN[index] as number) * 0.25;
  });
}

/**
 * The noise of draw `index` of a case: torch's, or where a Brownian path was recorded what our own, which draws the halves of a
 * step one after the other, has to draw so that both are the recorded ones. `sigmas` are those of the evaluations.
 */
export function noiseOf({ draws }: RecordedCase, index: number, sigmas: readonly number[]): Float32Array<ArrayBuffer> {
  if (!draws.length) return drawNoise({ seed: recorded.seed, draws: index }, SIZE).noise;
  const of = (draw: number) => draws.slice(draw * SIZE, (draw + 1) * SIZE);
  if (index % 2 === 0) return of(index);
  const [from = 0, middle = 0, to = 0] = sigmas.slice(index - 1, index + 2);
  const [half, whole] = [of(index - 1), of(index)];
  return half.map(
    (first, i) =>
      (Math.sqrt(from - to) * (whole[i] as number) - Math.sqrt(from - middle) * first) / Math.sqrt(middle - to),
  );
}

export const seed = recorded.seed;

const absolute = (values: Iterable<number>): number => [...values].reduce((sum, value) => sum + Math.abs(value), 0);

/** How far values are from the expected ones, relative to them or where they are small to the mean size. */
function distance(actual: ArrayLike<number>, expected: readonly number[], size: number): number {
  return expected.reduce(
    (largest, value, i) => Math.max(largest, Math.abs((actual[i] as number) - value) / Math.max(Math.abs(value), size)),
    0,
  );
}

/** That the samples after each evaluation are the recorded ones, to 2e-5 relative. Returns the largest difference. */
export function expectTrace(expected: RecordedCase, samples: readonly ArrayLike<number>[]): number {
  expect(samples.length).toBe(expected.trace.length);
  const far = samples.map((x, index) => {
    const { absoluteSum = Number.NaN, first = [] } = expected.trace[index] ?? {};
    return Math.max(Math.abs(absolute(Array.from(x)) / absoluteSum - 1), distance(x, first, absoluteSum / SIZE));
  });
  far.push(
    distance(samples[samples.length - 1] ?? [], expected.final, absolute(expected.final) / expected.final.length),
  );
  const largest = far.some(Number.isNaN) ? Number.NaN : Math.max(...far);
  expect(largest).toBeLessThanOrEqual(TOLERANCE);
  return largest;
}
