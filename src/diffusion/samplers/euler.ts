import { evaluateAt } from '../noise-level';
import type { Sampler } from '../sampler';

/**
 * Karras et al. 2206.00364, algorithm 2 without churn: along d = (x - x0) / sigma to the next noise level. In the variance
 * exploding form this is DDIM with eta 0.
 */
const euler: Sampler = {
  title: 'Euler',
  help: 'One straight step from each noise level to the next. Simple and steady; 20 to 30 steps.',
  ladder: 'exploding',
  spacing: 'linspace',
  placesSigmas: true,
  takesEta: false,
  steps: (transitions) =>
    transitions.map(({ from, to }) => {
      const ratio = to.sigma / from.sigma;
      return { ...evaluateAt(from, to), update: { x: { x: ratio, denoised: 1 - ratio } }, draws: false };
    }),
};

export default euler;
