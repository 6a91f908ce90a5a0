import { fractional } from '../ladders/exploding';
import { evaluateAt } from '../noise-level';
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
      const [newest = 0, ...older] = weights;
      const x = Object.fromEntries(older.map((weight, j) => [`slope${j + 1}`, weight]));
      const kept = Object.fromEntries(
        Array.from({ length: Math.min(index, ORDER - 2) }, (_, j) => [`slope${j + 2}`, { [`slope${j + 1}`]: 1 }]),
      );
      return {
        ...evaluateAt(from, to),
        update: {
          x: { ...x, x: 1 + newest * slope.x, denoised: newest * slope.denoised },
          slope1: slope,
          ...kept,
        },
        draws: false,
      };
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
