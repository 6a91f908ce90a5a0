import { fractional } from '../ladders/exploding';
import { stepAt } from '../noise-level';
import type { Sampler } from '../sampler';
import { alongSlopes } from '../slopes';

const ORDER = 4;

/**
 * Linear multistep, k-diffusion's `sample_lms`: the slope d = (x - x0) / sigma is the polynomial through the last four, and
 * the step is its integral (Adams and Bashforth with uneven steps). After a start below full strength the slopes that were not
 * computed are left out of the sum, as in diffusers. On ComfyUI's sigmas the last step, to no noise, is the denoised picture.
 */
const lms: Sampler = {
  title: 'LMS',
  help: 'Euler that looks back on the last four slopes. Smooth from 30 steps on.',
  ladder: fractional,
  spacing: 'linspace',
  takes: [],
  steps: ({ transitions, skipped, comfyui }) => {
    const sigmas = [...skipped, ...transitions].map(({ from }) => from.sigma);
    return transitions.map(({ from, to }, index) => {
      if (comfyui && to.sigma === 0) return stepAt(from, to, { x: { denoised: 1 } });
      const global = skipped.length + index;
      const past = sigmas.slice(Math.max(global + 1 - ORDER, 0), global + 1).reverse();
      const known = Math.min(past.length, index + 1);
      const shares = Array.from({ length: known }, (_, j) => integral(past, j, from.sigma, to.sigma));
      return alongSlopes({ from, to }, index, shares);
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
