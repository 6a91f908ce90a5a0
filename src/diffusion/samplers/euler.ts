import type { Step } from '../../core/sampler-table';
import { renoisedRow } from '../ancestral';
import type { Transition } from '../ladder';
import { fractional } from '../ladders/exploding';
import { stepAt } from '../noise-level';
import type { SamplerOptions } from '../options';
import type { Sampler } from '../sampler';

/**
 * Karras et al. 2206.00364, algorithm 2: along d = (x - x0) / sigma to the next noise level. In the variance exploding form
 * this is DDIM with eta 0. With churn each step adds noise first; as in diffusers the model has by then looked at x, so the
 * denoised picture takes the new noise in.
 */
const euler: Sampler = {
  title: 'Euler',
  help: 'One straight step from each noise level to the next. Simple and steady; 20 to 30 steps.',
  ladder: fractional,
  spacing: 'linspace',
  takes: ['finalSigma', 'churn', 'churnFrom', 'churnTo', 'churnNoise', 'cfgPlusPlus'],
  steps: ({ transitions, skipped }, options) => {
    const count = transitions.length + skipped.length;
    return transitions.map((transition) => {
      const { from, to } = transition;
      const applies = from.sigma >= options.churnFrom && from.sigma <= options.churnTo;
      const gamma = applies ? Math.min(options.churn / count, Math.SQRT2 - 1) : 0;
      if (options.cfgPlusPlus) return stepAt(from, to, { x: renoisedRow(from.sigma, to.sigma) });
      if (gamma > 0) return churned(transition, gamma, options);
      const ratio = to.sigma / from.sigma;
      return stepAt(from, to, { x: { x: ratio, denoised: 1 - ratio } });
    });
  },
};

export default euler;

/** A step that goes up by gamma with fresh noise, and down from there. */
function churned({ from, to }: Transition, gamma: number, { churnNoise }: SamplerOptions): Step {
  const high = from.sigma * (1 + gamma);
  const added = churnNoise * Math.sqrt(high ** 2 - from.sigma ** 2);
  const ratio = to.sigma / high;
  const plain = stepAt(from, to, { x: { x: ratio, noise: ratio * added, denoised: 1 - ratio } }, true);
  const { v_prediction: v } = plain.denoised;
  return {
    ...plain,
    denoised: {
      epsilon: { x: 1, prediction: -high, noise: added },
      ...(v && { v_prediction: { ...v, noise: v.x * added } }),
      sample: { x: 0, prediction: 1 },
    },
  };
}
