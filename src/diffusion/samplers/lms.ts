import type { Row } from '../dpm-solver';
import { fractional } from '../ladders/exploding';
import { stepAt } from '../noise-level';
import type { Sampler } from '../sampler';

const ORDER = 4;

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
      const past = Array.from({ length: Math.min(global + 1, ORDER) }, (_, j) => sigmas[global - j] as number);
      const weights = past.map((_, j) => integral(past, j, from.sigma, to.sigma)).slice(0, index + 1);
      const slope = { x: 1 / from.sigma, denoised: -1 / from.sigma };
      const [newest = 0] = weights;
      const x: Row = { x: 1 + newest * slope.x, denoised: newest * slope.denoised };
      const update: Record<string, Row> = { x, slope1: slope };
      for (let j = 1; j < weights.length; j += 1) x[`slope${j}`] = weights[j] as number;
      for (let j = 1; j <= Math.min(index, ORDER - 2); j += 1) update[`slope${j + 1}`] = { [`slope${j}`]: 1 };
      return stepAt(from, to, update);
    });
  },
};

export default lms;

/** The integral from `start` to `end` of the Lagrange polynomial that is 1 at `nodes[j]`: exact up to order 4. */
function integral(nodes: readonly number[], j: number, start: number, end: number): number {
  const at = (tau: number) =>
    nodes.reduce(
      (product, node, m) => (m === j ? product : (product * (tau - node)) / ((nodes[j] as number) - node)),
      1,
    );
  // Gauss and Legendre's two points integrate polynomials of third degree exactly.
  const [middle, half] = [(start + end) / 2, (end - start) / 2];
  return half * (at(middle - half / Math.sqrt(3)) + at(middle + half / Math.sqrt(3)));
}
