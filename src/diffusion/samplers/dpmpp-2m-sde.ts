import { evaluateAt } from '../noise-level';
import type { Sampler } from '../sampler';

/**
 * SDE-DPM-Solver++(2M), Lu et al. 2211.01095, equation 19 (midpoint): DPM++ 2M that replaces part of the noise at every
 * step. With lambda = -ln sigma, exp(-h) is the ratio of neighbouring sigmas.
 */
const dpmpp2mSde: Sampler = {
  title: 'DPM++ 2M SDE',
  help: 'DPM++ 2M with fresh noise at every step: richer detail, and another picture for every number of steps.',
  ladder: 'preserving',
  spacing: 'linspace',
  placesSigmas: true,
  takesEta: false,
  steps: (transitions) =>
    transitions.map(({ from, to }, index) => {
      const before = transitions[index - 1]?.from;
      const shrink = to.sigma / from.sigma;
      const renewed = 1 - shrink ** 2;
      const gain = to.signal * renewed;
      const ahead =
        before === undefined || to.sigma === 0
          ? { denoised: gain }
          : extrapolate(gain, Math.log(before.sigma / from.sigma) / -Math.log(shrink));
      const x = { x: (to.noise / from.noise) * shrink, ...ahead, noise: to.noise * Math.sqrt(renewed) };
      return { ...evaluateAt(from, to), update: { x, previous: { denoised: 1 } }, draws: true };
    }),
};

/** gain * ((1 + 1 / 2r) denoised - 1 / 2r previous); r is the last step's length in lambda over this one's. */
function extrapolate(gain: number, r: number): Record<string, number> {
  return { denoised: gain * (1 + 1 / (2 * r)), previous: -gain / (2 * r) };
}

export default dpmpp2mSde;
