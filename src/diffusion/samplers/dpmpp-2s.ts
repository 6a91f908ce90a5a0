import { keptDenoised } from '../dpm-multistep';
import { lambdaFrom, type Row, sumOf } from '../dpm-solver';
import type { Transition } from '../ladder';
import { whole } from '../ladders/preserving';
import { stepAt } from '../noise-level';
import { CLIPPING, type SamplerOptions } from '../options';
import type { Sampler } from '../sampler';

/** Where a group begins: at this sample, or where it began before. */
const THIS = { x: 1 };
const KEPT = { start: 1 };

/**
 * DPM-Solver++ in its singlestep form, Lu et al. 2211.01095, algorithm 1: steps in groups of two, of which the second goes once
 * more from where the group began, with both denoised pictures. Order 3 makes groups of three (Lu et al. 2206.00927, appendix
 * B). A start below full strength in the middle of a group begins one.
 */
const dpmpp2s: Sampler = {
  title: 'DPM++ 2S',
  help: 'Second order in pairs of steps, which do not look back beyond the pair. An even number of steps, 15 to 25.',
  ladder: whole,
  spacing: 'linspace',
  takes: ['order', 'solver', 'lowerOrderFinal', 'finalSigma', ...CLIPPING],
  steps: ({ transitions, skipped }, options) => {
    const orders = orderList(skipped.length + transitions.length, options);
    return transitions.map((transition, known) => {
      const { from, to } = transition;
      const scheduled = Math.min(orders[skipped.length + known] as number, known + 1);
      const order = to.sigma < from.sigma ? scheduled : 1;
      const group = transitions.slice(known - order + 1, known + 1);
      const x = groupStep(group, options.solver);
      const start = order === 1 ? THIS : KEPT;
      return stepAt(from, to, { x, start, ...keptDenoised(options.order, known) });
    });
  },
};

export default dpmpp2s;

/** The order of every step: groups of 1, 2 (, 3), cut so that the last steps are of low order. */
function orderList(count: number, { order, lowerOrderFinal, finalSigma }: SamplerOptions): number[] {
  const groups = (length: number, last: readonly number[]) => [
    ...Array.from({ length }, () => [1, 2, 3].slice(0, order)).flat(),
    ...last,
  ];
  const whole = Math.floor(count / order);
  const rest = count % order;
  const lower = lowerOrderFinal || finalSigma === 'zero' || rest > 0;
  if (order === 1 || !lower) return groups(whole, []);
  if (rest) return groups(whole, [1, 2].slice(0, rest)).with(-1, finalSigma === 'zero' ? 1 : rest);
  return groups(whole - 1, order === 2 ? [1, 1] : [1, 2, 1]);
}

/** From where a group began to where its last transition goes, with the denoised pictures of all of it. */
function groupStep(group: readonly Transition[], solver: SamplerOptions['solver']): Row {
  const first = group[0] as Transition;
  const { from: now, to } = group[group.length - 1] as Transition;
  const shrink = to.sigma / first.from.sigma;
  const scale = to.noise / first.from.noise;
  const gain = to.signal * (1 - shrink);
  if (group.length === 1) return { x: scale, denoised: gain };
  const h = lambdaFrom(first.from.sigma, to.sigma);
  const bend = to.signal * (1 - (1 - shrink) / h);
  const r0 = lambdaFrom(first.from.sigma, now.sigma) / h;
  if (group.length === 2) {
    const share = (solver === 'midpoint' ? gain / 2 : bend) / r0;
    return { start: scale, previous: gain - share, denoised: share };
  }
  const r1 = lambdaFrom(first.from.sigma, (group[1] as Transition).from.sigma) / h;
  const base = { start: scale, oldest: gain };
  const d10 = { previous: 1 / r1, oldest: -1 / r1 };
  const d11 = { denoised: 1 / r0, oldest: -1 / r0 };
  if (solver === 'midpoint') return sumOf([1, base], [bend, d11]);
  const d1 = sumOf([r0 / (r0 - r1), d10], [-r1 / (r0 - r1), d11]);
  const d2 = sumOf([2 / (r0 - r1), d11], [-2 / (r0 - r1), d10]);
  return sumOf([1, base], [bend, d1], [-to.signal * ((shrink - 1 + h) / h ** 2 - 0.5), d2]);
}
