import type { Step } from '../../core/sampler-table';
import { ancestralStep, eulerRow } from '../ancestral';
import { rounded } from '../ladders/exploding';
import { stepAt } from '../noise-level';
import type { Sampler } from '../sampler';

/**
 * DPM2 that goes down too far and comes up again with fresh noise: k-diffusion's `sample_dpm_2_ancestral`. The middle is that
 * of the way down, in ln sigma; noise is drawn once for each whole step.
 */
const dpm2Ancestral: Sampler = {
  title: 'DPM2 ancestral',
  help: 'DPM2 with fresh noise at every step. Lively; 15 to 25 steps, each twice the time of Euler’s.',
  ladder: rounded,
  spacing: 'linspace',
  takes: [],
  leavesOutPenultimate: true,
  steps: ({ transitions, between }) =>
    transitions.flatMap(({ from, to }): Step[] => {
      if (to.sigma === 0) return [stepAt(from, to, { x: eulerRow(from.sigma, 0) })];
      const { up, down } = ancestralStep(from.sigma, to.sigma);
      const middle = between(Math.sqrt(from.sigma * down));
      const slope = (down - from.sigma) / middle.sigma;
      return [
        stepAt(from, to, { x: eulerRow(from.sigma, middle.sigma), start: { x: 1 } }),
        stepAt(middle, to, { x: { start: 1, x: slope, denoised: -slope, noise: up } }, true),
      ];
    }),
};

export default dpm2Ancestral;
