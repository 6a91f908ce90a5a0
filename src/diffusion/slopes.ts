import type { Step, Update } from '../core/sampler-table';
import type { Row } from './dpm-solver';
import type { Transition } from './ladder';
import { stepAt } from './noise-level';

/** Slots of the slopes of earlier evaluations, newest first, and how they move up when so many are kept. */
const SLOPES = ['slope1', 'slope2', 'slope3'] as const;
const MOVED: readonly Update[] = [{}, { slope2: { slope1: 1 } }, { slope2: { slope1: 1 }, slope3: { slope2: 1 } }];

/**
 * Steps along the weighted slopes of the last four evaluations; the last one, to no noise, is the denoised picture.
 * `weightsAt` gives the weights of a step, newest first, which sum to 1. Variance exploding.
 */
export const alongWeightedSlopes = (
  transitions: readonly Transition[],
  weightsAt: (index: number) => readonly number[],
): Step[] =>
  transitions.map((transition, index) => {
    const { from, to } = transition;
    if (to.sigma === 0) return stepAt(from, to, { x: { denoised: 1 } });
    const length = to.sigma - from.sigma;
    return alongSlopes(
      transition,
      index,
      weightsAt(index).map((weight) => weight * length),
    );
  });

/**
 * A step along a sum of slopes d = (x - x0) / sigma: this evaluation's and up to three before it, newest first. `shares` say
 * how much of each, in units of sigma; the slopes move up for the step after. Variance exploding.
 */
export function alongSlopes({ from, to }: Transition, index: number, shares: readonly number[]): Step {
  const slope = { x: 1 / from.sigma, denoised: -1 / from.sigma };
  const [newest = 0, ...older] = shares;
  const x: Row = { x: 1 + newest * slope.x, denoised: newest * slope.denoised };
  for (const [place, share] of older.entries()) x[SLOPES[place] as string] = share;
  return stepAt(from, to, { x, slope1: slope, ...MOVED[Math.min(index, SLOPES.length - 1)] });
}
