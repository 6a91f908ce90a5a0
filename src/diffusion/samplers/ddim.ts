import { evaluateAt } from '../noise-level';
import type { Sampler } from '../sampler';

/**
 * Song et al. 2010.02502, equations 12 and 16: x' = signal' x0 + sqrt(noise'^2 - deviation^2) epsilon + deviation z, with
 * epsilon = (x - signal x0) / noise. Noise is drawn at every step when eta > 0, the last included.
 */
const ddim: Sampler = {
  title: 'DDIM',
  help: 'The classic deterministic sampler, on the timesteps the model was trained with. Eta 1 makes it as random as DDPM.',
  ladder: 'table',
  spacing: 'leading',
  placesSigmas: false,
  takesEta: true,
  steps: (transitions, eta) =>
    transitions.map(({ from, to }) => {
      const variance = (to.noise / from.noise) ** 2 * (1 - (from.signal / to.signal) ** 2);
      const deviation = eta * Math.sqrt(Math.max(variance, 0));
      const epsilon = Math.sqrt(Math.max(to.noise ** 2 - deviation ** 2, 0)) / from.noise;
      const x = { x: epsilon, denoised: to.signal - epsilon * from.signal };
      const draws = eta > 0;
      return { ...evaluateAt(from, to), update: { x: draws ? { ...x, noise: deviation } : x }, draws };
    }),
};

export default ddim;
