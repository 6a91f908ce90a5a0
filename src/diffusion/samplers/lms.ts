import type { Row } from '../dpm-solver';
import { fractional } from '../ladders/exploding';
import { stepAt } from '../noise-level';
import type { Sampler } from '../sampler';

const ORDER = 4;

/** Slots of the slopes of earlier evaluations, newest first, and how they move up when so many are kept. */
const SLOPES = ['slope1', 'slope2', 'slope3'];
const MOVED = [{}, { slope2: { slope1: 1 } }, { slope2: { slope1: 1 }, slope3: { slope2: 1 } }];

/**
 * Linear multistep, k-diffusion's `sample_lms`: the slope d = (x - x0) / sigma is the polynomial through the last four, and
 * the step is its integral (Adams and Bashforth with uneven steps). After a start below full strength the slopes that were not
 * computed are left out of the sum, as in diffusers.
 */
const lms: Sampler = {
  title: 'LMS',
  help: 'Euler that looks back on the last four slopes. Smooth from 30 steps on.',
  ladder: fractional,
  spacing: 'linspace',
  takes: [],
  steps: ({ transitions, skipped }) => {
    const sigmas = [...skipped, ...transitions].map(({ from }) => from.sigma);
    return transitions.map(({ from, to }, index) => {
      const global = skipped.length + index;
      const past = sigmas.slice(Math.max(global + 1 - ORDER, 0), global + 1).reverse();
      const slope = { x: 1 / from.sigma, denoised: -1 / from.sigma };
      const newest = integral(past, 0, from.sigma, to.sigma);
      const x: Row = { x: 1 + newest * slope.x, denoised: newest * slope.denoised };
      for (let j = 1; j < Math.min(past.length, index + 1); j += 1)
        x[SLOPES[j - 1] as string] = integral(past, j, from.sigma, to.sigma);
      return stepAt(from, to, { x, slope1: slope, ...MOVED[Math.min(index, ORDER - 2)] });
    });
  },
};

export default lms;

/** The integral from `start` to `end` of the Lagrange polynomial that is 1 at `nodes[j]`: exact up to order 4. */
function integral(nodes: readonly number[], j: number, start: number, end: number): number {
  const own = nodes[j] as number;
  const at = (tau: number) => {
    let product = 1;
    for (let m = 0; m < nodes.length; m += 1) {
      const node = nodes[m] as number;
      if (m !== j) product *= (tau - node) / (own - node);
    }
    return product;
  };
  // Gauss and Legendre's two points integrate polynomials of third degree exactly.
  const half = (end - start) / 2;
  const middle = start + half;
  return half * (at(middle - half / Math.sqrt(3)) + at(middle + half / Math.sqrt(3)));
}
