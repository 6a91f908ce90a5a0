import type { Step } from '../../core/sampler-table';
import { ancestralStep, eulerRow, renoisedRow } from '../ancestral';
import { fractional } from '../ladders/exploding';
import { stepAt } from '../noise-level';
import type { Sampler } from '../sampler';

/**
 * DPM-Solver++(2S), Lu et al. 2211.01095, algorithm 1 with r = 1/2, on the way down of an ancestral step: k-diffusion's
 * `sample_dpmpp_2s_ancestral`. diffusers has no such sampler. The last step, to sigma 0, is Euler's and draws nothing.
 */
const dpmpp2sAncestral: Sampler = {
  title: 'DPM++ 2S ancestral',
  help: 'Looks at the middle of each step and adds fresh noise: detailed and lively, twice the time. 15 to 25 steps.',
  ladder: fractional,
  spacing: 'linspace',
  takes: ['cfgPlusPlus'],
  steps: ({ transitions, between }, { cfgPlusPlus }) =>
    transitions.flatMap(({ from, to }): Step[] => {
      if (to.sigma === 0) return [stepAt(from, to, { x: (cfgPlusPlus ? renoisedRow : eulerRow)(from.sigma, 0) })];
      const { up, down } = ancestralStep(from.sigma, to.sigma);
      const ratio = down / from.sigma;
      const middle = between(Math.sqrt(from.sigma * down));
      if (cfgPlusPlus)
        return [
          stepAt(from, middle, {
            x: { x: middle.sigma / from.sigma, unguided: 1 - middle.sigma / from.sigma },
            start: { x: 1 },
            guidance: { denoised: 1, unguided: -1 },
          }),
          stepAt(middle, to, { x: { start: ratio, unguided: 1 - ratio, guidance: 1, noise: up } }, true),
        ];
      return [
        stepAt(from, middle, { x: eulerRow(from.sigma, middle.sigma), start: { x: 1 } }),
        stepAt(middle, to, { x: { start: ratio, denoised: 1 - ratio, noise: up } }, true),
      ];
    }),
};

export default dpmpp2sAncestral;
