import { eulerRow, renoisedRow } from '../ancestral';
import { fractional } from '../ladders/exploding';
import { stepAt } from '../noise-level';
import type { Sampler } from '../sampler';

/** How far along the change of the slope; 2 in the paper and in ComfyUI. */
const GAMMA = 2;

/**
 * Gradient estimation, Permenter and Yuan 2306.04848, section 4.3: Euler along d + (gamma - 1)(d - d of the step before). The
 * last step, to no noise, is the denoised picture.
 */
const gradientEstimation: Sampler = {
  title: 'Gradient estimation',
  help: 'Euler that goes on along the change of the slope: converges early, 10 to 20 steps.',
  ladder: fractional,
  spacing: 'linspace',
  takes: ['cfgPlusPlus'],
  steps: ({ transitions }, { cfgPlusPlus }) =>
    transitions.map(({ from, to }, index) => {
      if (to.sigma === 0) return stepAt(from, to, { x: { denoised: 1 } });
      const seen = cfgPlusPlus ? 'unguided' : 'denoised';
      const slope = { x: 1 / from.sigma, [seen]: -1 / from.sigma };
      const x: Record<string, number> = (cfgPlusPlus ? renoisedRow : eulerRow)(from.sigma, to.sigma);
      if (index > 0) {
        const share = (GAMMA - 1) * (to.sigma - from.sigma);
        for (const [source, factor] of Object.entries(slope)) x[source] = (x[source] ?? 0) + share * factor;
        x.slope = -share;
      }
      return stepAt(from, to, { x, slope });
    }),
};

export default gradientEstimation;
