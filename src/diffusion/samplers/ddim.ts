import { table } from '../ladders/table';
import { epsilonAt, stepAt } from '../noise-level';
import { CLIPPING } from '../options';
import type { Sampler } from '../sampler';

/**
 * Song et al. 2010.02502, equations 12 and 16: x' = signal' x0 + sqrt(noise'^2 - deviation^2) epsilon + deviation z. Noise is
 * drawn at every step when eta > 0, the last included. Clipping changes x0 and leaves epsilon as the model said it.
 */
const ddim: Sampler = {
  title: 'DDIM',
  help: 'The classic deterministic sampler, on the timesteps the model was trained with. Eta 1 makes it as random as DDPM.',
  ladder: table,
  spacing: 'leading',
  takes: ['eta', ...CLIPPING],
  steps: ({ transitions }, { eta }) =>
    transitions.map(({ from, to }, index) => {
      const variance = (to.noise / from.noise) ** 2 * (1 - (from.signal / to.signal) ** 2);
      const deviation = eta * Math.sqrt(Math.max(variance, 0));
      const x = { denoised: to.signal, epsilon: Math.sqrt(Math.max(to.noise ** 2 - deviation ** 2, 0)) };
      const draws = eta > 0;
      const row = stepAt(
        from,
        transitions[index + 1]?.from ?? to,
        { x: draws ? { ...x, noise: deviation } : x },
        draws,
      );
      return { ...row, epsilon: epsilonAt(from) };
    }),
};

export default ddim;
