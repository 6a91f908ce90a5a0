import type { Step } from '../../core/sampler-table';
import { eulerRow } from '../ancestral';
import { fractional } from '../ladders/exploding';
import { stepAt } from '../noise-level';
import type { Sampler } from '../sampler';

/**
 * Karras et al. 2206.00364, algorithm 1: an Euler step to the next noise level, the slope d = (x - x0) / sigma there, and
 * again from where it began with the mean of both slopes. The last step, to sigma 0, is Euler's.
 */
const heun: Sampler = {
  title: 'Heun',
  help: 'Looks twice before each step: more exact, twice the time. 10 to 20 steps.',
  ladder: fractional,
  spacing: 'linspace',
  takes: [],
  steps: ({ transitions }) =>
    transitions.flatMap(({ from, to }): Step[] => {
      const x = eulerRow(from.sigma, to.sigma);
      if (to.sigma === 0) return [stepAt(from, to, { x })];
      const half = (to.sigma - from.sigma) / 2;
      return [
        stepAt(from, to, { x, start: { x: 1 }, slope: { x: 1 / from.sigma, denoised: -1 / from.sigma } }),
        stepAt(to, to, { x: { start: 1, slope: half, x: half / to.sigma, denoised: -half / to.sigma } }),
      ];
    }),
};

export default heun;
