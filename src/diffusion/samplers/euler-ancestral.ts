import { ancestralStep, eulerRow, renoisedRow } from '../ancestral';
import { fractional } from '../ladders/exploding';
import { stepAt } from '../noise-level';
import type { Sampler } from '../sampler';

/**
 * Euler steps that go down too far and come up again with fresh noise; k-diffusion's `sample_euler_ancestral`, after the
 * ancestral sampling of Song et al. 2011.13456, appendix F. The last step draws as well, with no effect, as in diffusers.
 */
const eulerAncestral: Sampler = {
  title: 'Euler ancestral',
  help: 'Adds fresh noise at every step, so the picture keeps changing with the number of steps. Lively; 20 to 40 steps.',
  ladder: fractional,
  spacing: 'linspace',
  takes: ['cfgPlusPlus'],
  steps: ({ transitions }, { cfgPlusPlus }) =>
    transitions.map(({ from, to }) => {
      const { up, down } = ancestralStep(from.sigma, to.sigma);
      const row = (cfgPlusPlus ? renoisedRow : eulerRow)(from.sigma, down);
      return stepAt(from, to, { x: { ...row, noise: up } }, true);
    }),
};

export default eulerAncestral;
