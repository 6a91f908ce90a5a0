import { ancestralStep, eulerRow, renoisedRow } from '../ancestral';
import { lambdaFrom } from '../dpm-solver';
import { fractional } from '../ladders/exploding';
import { stepAt } from '../noise-level';
import type { Sampler } from '../sampler';

/**
 * Refined exponential solver of second order in its multistep form, Zhang et al. 2308.02157, as ComfyUI has it: with h the
 * growth of -ln sigma, x' = exp(-h) x + h (b1 x0 + b2 x0 of the step before), where b1 + b2 = phi1(-h) and b2 = phi2(-h) / c2.
 * With eta it goes down too far and comes up with fresh noise.
 */
const resMultistep: Sampler = {
  title: 'RES multistep',
  help: 'An exponential solver of second order that looks back one step: sharp pictures in 15 to 25 steps. Eta 1 makes it ancestral.',
  ladder: fractional,
  spacing: 'linspace',
  takes: ['eta', 'cfgPlusPlus'],
  steps: ({ transitions }, { eta, cfgPlusPlus }) =>
    transitions.map(({ from, to }, index) => {
      const before = transitions[index - 1];
      const { up, down } = ancestralStep(from.sigma, to.sigma, eta);
      const draws = eta > 0 && to.sigma > 0;
      const seen = cfgPlusPlus ? 'unguided' : 'denoised';
      const fresh = draws ? { noise: up } : {};
      const previous = { [seen]: 1 };
      if (!before || down === 0) {
        const row = (cfgPlusPlus ? renoisedRow : eulerRow)(from.sigma, down);
        return stepAt(from, to, { x: { ...row, ...fresh }, previous }, draws);
      }
      const h = lambdaFrom(from.sigma, down);
      const overshot = ancestralStep(before.from.sigma, before.to.sigma, eta).down;
      const c2 = lambdaFrom(overshot, before.from.sigma) / h;
      const phi1 = Math.expm1(-h) / -h;
      const b2 = (phi1 - 1) / -h / c2;
      const shrink = Math.exp(-h);
      const x = cfgPlusPlus
        ? { x: shrink, denoised: shrink, unguided: h * (phi1 - b2) - shrink, previous: h * b2 }
        : { x: shrink, denoised: h * (phi1 - b2), previous: h * b2 };
      return stepAt(from, to, { x: { ...x, ...fresh }, previous }, draws);
    }),
};

export default resMultistep;
