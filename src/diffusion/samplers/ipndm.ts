import { fractional } from '../ladders/exploding';
import type { Sampler } from '../sampler';
import { alongWeightedSlopes } from '../slopes';

/** Adams and Bashforth's weights of the slopes, newest first, for even steps. */
const WEIGHTS = [[1], [3 / 2, -1 / 2], [23 / 12, -16 / 12, 5 / 12], [55 / 24, -59 / 24, 37 / 24, -9 / 24]];

/**
 * Improved PNDM, Zhang and Chen 2204.13902, appendix H: the linear multistep of PNDM in sigma, begun with the lower orders
 * instead of Runge and Kutta's. The last step, to no noise, is the denoised picture.
 */
const ipndm: Sampler = {
  title: 'iPNDM',
  help: 'Looks back on four slopes as if the steps were even: quick and smooth, 10 to 20 steps.',
  ladder: fractional,
  spacing: 'linspace',
  takes: [],
  steps: ({ transitions }) =>
    alongWeightedSlopes(transitions, (index) => WEIGHTS[Math.min(index, WEIGHTS.length - 1)] as readonly number[]),
};

export default ipndm;
