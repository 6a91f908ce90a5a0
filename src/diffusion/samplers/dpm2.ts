import type { Step } from '../../core/sampler-table';
import { eulerRow } from '../ancestral';
import { rounded } from '../ladders/exploding';
import { stepAt } from '../noise-level';
import type { Sampler } from '../sampler';

/**
 * DPM-Solver-2, Lu et al. 2206.00927, algorithm 1, as k-diffusion's `sample_dpm_2`: an Euler step to the sigma halfway in
 * ln sigma, the slope d = (x - x0) / sigma there, and the whole step from where it began with that slope. The last is Euler's.
 */
const dpm2: Sampler = {
  title: 'DPM2',
  help: 'Looks at the middle of each step first: more exact than Euler, twice the time. 10 to 20 steps.',
  ladder: rounded,
  spacing: 'linspace',
  takes: [],
  leavesOutPenultimate: true,
  steps: ({ transitions, between }) =>
    transitions.flatMap(({ from, to }): Step[] => {
      if (to.sigma === 0) return [stepAt(from, to, { x: eulerRow(from.sigma, 0) })];
      const middle = between(Math.sqrt(from.sigma * to.sigma));
      const slope = (to.sigma - from.sigma) / middle.sigma;
      return [
        stepAt(from, to, { x: eulerRow(from.sigma, middle.sigma), start: { x: 1 } }),
        stepAt(middle, to, { x: { start: 1, x: slope, denoised: -slope } }),
      ];
    }),
};

export default dpm2;
