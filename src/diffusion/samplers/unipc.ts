import type { Update } from '../../core/sampler-table';
import { lambdaFrom, type Row, sumOf } from '../dpm-solver';
import type { Transition } from '../ladder';
import { whole } from '../ladders/preserving';
import { solve } from '../linear-system';
import { stepAt } from '../noise-level';
import { CLIPPING, type SamplerOptions } from '../options';
import type { Sampler } from '../sampler';

/** Slots of the denoised pictures of earlier evaluations, newest first. */
const OLDER = ['m1', 'm2', 'm3'];

/** How they move up when so many are kept. */
const MOVED: readonly Update[] = [
  {},
  { m1: { denoised: 1 } },
  { m1: { denoised: 1 }, m2: { m1: 1 } },
  { m1: { denoised: 1 }, m2: { m1: 1 }, m3: { m2: 1 } },
];

/**
 * Unified predictor and corrector, Zhao et al. 2302.04867, algorithms 5 to 8, in the form that predicts x0. An evaluation first
 * corrects the step that led to it, from the slot `start`, and then predicts the next from there.
 */
const unipc: Sampler = {
  title: 'UniPC',
  help: 'Corrects each step with what the next evaluation sees, at no cost: good in very few steps, 8 to 20.',
  ladder: whole,
  spacing: 'linspace',
  takes: ['order', 'variant', 'lowerOrderFinal', 'finalSigma', ...CLIPPING],
  leavesOutPenultimate: true,
  comfyuiEnd: 0.001,
  steps: ({ transitions, skipped }, options) => {
    const count = skipped.length + transitions.length;
    let last: Equations | undefined;
    return transitions.map((transition, known) => {
      const { from, to } = transition;
      const corrected = last ? correct(last) : { x: 1 };
      const left = count - skipped.length - known;
      const wanted = Math.min(options.order, known + 1, options.lowerOrderFinal ? left : options.order);
      const order = to.sigma === 0 || to.sigma >= from.sigma ? 1 : wanted;
      last = equations(transitions.slice(known + 1 - order, known + 1), options.variant);
      const { start, rest } = predict(last);
      const x = sumOf([start, corrected], [1, rest]);
      return stepAt(from, to, { x, start: corrected, ...MOVED[Math.min(options.order, known + 1)] });
    });
  },
};

export default unipc;

/** Equation 8 for a transition, and what its solution is applied to. */
interface Equations {
  readonly order: number;
  /** The step of first order, and what the sum over older denoised pictures is multiplied with. */
  readonly base: { readonly start: number; readonly denoised: number };
  readonly scale: number;
  readonly ratios: readonly number[];
  readonly right: readonly number[];
}

/** For the last of as many transitions as the order is. */
function equations(way: readonly Transition[], variant: SamplerOptions['variant']): Equations {
  const order = way.length;
  const { from, to } = way[order - 1] as Transition;
  const shrink = to.sigma / from.sigma;
  const base = { start: to.noise / from.noise, denoised: to.signal * (1 - shrink) };
  // Nothing but the base enters a first-order step to sigma 0 or to where it is already.
  if (to.sigma === 0 || shrink >= 1) return { order, base, scale: 0, ratios: [1], right: [] };
  const h = lambdaFrom(from.sigma, to.sigma);
  const b = variant === 'bh1' ? -h : shrink - 1;
  const ratios: number[] = [];
  const right: number[] = [];
  let phi = (shrink - 1) / -h - 1;
  let factorial = 1;
  for (let k = 1; k <= order; k += 1) {
    const older = way[order - 1 - k];
    ratios.push(older ? -lambdaFrom(older.from.sigma, from.sigma) / h : 1);
    factorial *= k;
    right.push((phi * factorial) / b);
    phi = phi / -h - 1 / (factorial * (k + 1));
  }
  return { order, base, scale: -to.signal * b, ratios, right };
}

const weightsOf = ({ ratios, right }: Equations, count: number): number[] =>
  solve(
    right.slice(0, count).map((_, k) => ratios.slice(0, count).map((ratio) => ratio ** k)),
    right.slice(0, count),
  );

/** From `start` to the end, with this evaluation's denoised picture and those before it: what of `start` enters, and the rest. */
function predict(given: Equations): { start: number; rest: Row } {
  const { order, base, scale, ratios } = given;
  const rest: Row = { denoised: base.denoised };
  const weights = order === 1 ? [] : order === 2 ? [0.5] : weightsOf(given, order - 1);
  weights.forEach((weight, j) => {
    const share = (scale * weight) / (ratios[j] as number);
    rest[OLDER[j] as string] = share;
    rest.denoised = (rest.denoised as number) - share;
  });
  return { start: base.start, rest };
}

/** The same step once more, now that the denoised picture at its end is known: it is `denoised`, the step's own is `m1`. */
function correct(given: Equations): Row {
  const { order, base, scale, ratios } = given;
  const row: Row = { start: base.start, m1: base.denoised };
  const weights = order === 1 ? [0.5] : weightsOf(given, order);
  weights.forEach((weight, j) => {
    const share = (scale * weight) / (ratios[j] as number);
    row[j === order - 1 ? 'denoised' : (OLDER[j + 1] as string)] = share;
    row.m1 = (row.m1 as number) - share;
  });
  return row;
}
