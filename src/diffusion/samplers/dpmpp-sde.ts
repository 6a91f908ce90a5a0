import type { Step } from '../../core/sampler-table';
import { ancestralStep, eulerRow } from '../ancestral';
import { fractional } from '../ladders/exploding';
import { stepAt } from '../noise-level';
import type { Sampler } from '../sampler';

/**
 * DPM-Solver++ for the stochastic equation with r = 1/2 and eta = 1: k-diffusion's `sample_dpmpp_sde`. Half an ancestral step
 * to the middle, x0 there, and the whole ancestral step with it. Both halves ride one Brownian path: the noise of the whole step
 * is that of its halves together, each as wide as its piece of the path. Ours is drawn piece by piece from the generator, not
 * looked up in the tree of torchsde, whose numbers depend on how it rounds.
 */
const dpmppSde: Sampler = {
  title: 'DPM++ SDE',
  help: 'Very detailed in few steps, each twice the time. Its Brownian noise is our own: the same seed gives another picture than in other programs, as good.',
  ladder: fractional,
  spacing: 'linspace',
  takes: [],
  steps: ({ transitions, between }) =>
    transitions.flatMap(({ from, to }): Step[] => {
      if (to.sigma === 0) return [stepAt(from, to, { x: eulerRow(from.sigma, 0) })];
      const middle = between(Math.sqrt(from.sigma * to.sigma));
      const half = ancestralStep(from.sigma, middle.sigma);
      const whole = ancestralStep(from.sigma, to.sigma);
      const length = from.sigma - to.sigma;
      const first = half.down / from.sigma;
      const last = whole.down / from.sigma;
      return [
        stepAt(
          from,
          to,
          { x: { x: first, denoised: 1 - first, noise: half.up }, start: { x: 1 }, first: { noise: 1 } },
          true,
        ),
        stepAt(
          middle,
          to,
          {
            x: {
              start: last,
              denoised: 1 - last,
              first: whole.up * Math.sqrt((from.sigma - middle.sigma) / length),
              noise: whole.up * Math.sqrt((middle.sigma - to.sigma) / length),
            },
          },
          true,
        ),
      ];
    }),
};

export default dpmppSde;
