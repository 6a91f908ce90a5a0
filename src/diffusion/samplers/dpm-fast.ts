import type { Step } from '../../core/sampler-table';
import { fractional } from '../ladders/exploding';
import { type NoiseLevel, stepAt } from '../noise-level';
import type { Sampler } from '../sampler';

/** The noise that is seen at a level, times a factor. */
const noiseAt = ({ sigma }: NoiseLevel, factor: number) => ({ x: factor / sigma, denoised: -factor / sigma });

/**
 * DPM-Solver-fast, Lu et al. 2206.00927, section 3.4 and algorithm 4, as k-diffusion's `sample_dpm_fast`: so many evaluations
 * shared out among singlestep solvers of third order, of lower order in the end, evenly in ln sigma. It goes by the first and
 * the last sigma alone, and stops at the last that is not 0.
 */
const dpmFast: Sampler = {
  title: 'DPM fast',
  help: 'Shares out a fixed number of evaluations among steps of third order: for 10 to 20. Leaves a trace of noise.',
  ladder: fractional,
  spacing: 'linspace',
  takes: [],
  steps: ({ transitions, between }) => {
    const [first, last] = [transitions[0], transitions.at(-1)];
    if (!first || !last) return [];
    const end = last.to.sigma > 0 ? last.to : last.from;
    const count = Math.floor(transitions.length / 3) + 1;
    const rest = transitions.length % 3;
    const thirds = (length: number) => Array.from({ length }, () => 3);
    const orders = rest === 0 ? [...thirds(count - 2), 2, 1] : [...thirds(count - 1), rest];
    const h = Math.log(first.from.sigma / end.sigma) / count;
    let from = first.from;
    return orders.flatMap((order, index) => {
      const to = index === orders.length - 1 ? end : between(from.sigma * Math.exp(-h));
      const rows = singlestep(from, to, order, h, between);
      from = to;
      return rows;
    });
  },
};

export default dpmFast;

/** One step of order 1, 2 or 3 over a length of h in -ln sigma, as its evaluations. */
function singlestep(
  from: NoiseLevel,
  to: NoiseLevel,
  order: number,
  h: number,
  between: (sigma: number) => NoiseLevel,
): Step[] {
  // To a share of the way, along the noise that is seen at its beginning.
  const along = (level: NoiseLevel, share: number) => level.sigma * Math.expm1(share * h);
  const ahead = (level: NoiseLevel, share: number) => {
    const moved = noiseAt(from, -along(level, share));
    return { x: 1 + moved.x, denoised: moved.denoised };
  };
  if (order === 1) return [stepAt(from, to, { x: ahead(to, 1) })];
  const kept = { start: { x: 1 }, noise1: noiseAt(from, 1) };
  if (order === 2) {
    const middle = between(from.sigma * Math.exp(-h / 2));
    return [
      stepAt(from, middle, { x: ahead(middle, 1 / 2), ...kept }),
      // With r = 1/2 the noise of the middle replaces that of the beginning.
      stepAt(middle, to, { x: { start: 1, ...noiseAt(middle, -along(to, 1)) } }),
    ];
  }
  const [one, two] = [between(from.sigma * Math.exp(-h / 3)), between(from.sigma * Math.exp((-2 * h) / 3))];
  const bend = (level: NoiseLevel, share: number) => level.sigma * (Math.expm1(share * h) / (share * h) - 1);
  const second = 2 * bend(two, 2 / 3);
  const third = (3 / 2) * bend(to, 1);
  return [
    stepAt(from, one, { x: ahead(one, 1 / 3), ...kept }),
    stepAt(one, two, {
      x: { start: 1, noise1: second - along(two, 2 / 3), ...noiseAt(one, -second) },
      start: { start: 1 },
      noise1: { noise1: 1 },
    }),
    stepAt(two, to, { x: { start: 1, noise1: third - along(to, 1), ...noiseAt(two, -third) } }),
  ];
}
