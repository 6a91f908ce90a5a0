import { orAsComfyui } from '../ladders/comfyui';
import { listed } from '../ladders/listed';
import { preservingLevel, stepAt } from '../noise-level';
import { CLIPPING } from '../options';
import type { Sampler } from '../sampler';

/**
 * Ho et al. 2006.11239, equation 7: the mean of the posterior of the next level given x0 and x, plus noise. Its variance is
 * the posterior's (`fixed_small`, whose logarithm makes no difference) or beta (`fixed_large`), section 3.2. Nothing is drawn
 * at timestep 0.
 */
const ddpm: Sampler = {
  title: 'DDPM',
  help: 'The sampler of the training: fresh noise at every step. Wants many steps, 100 or more.',
  ladder: orAsComfyui(listed, preservingLevel),
  spacing: 'leading',
  takes: ['variance', ...CLIPPING],
  steps: ({ transitions, comfyui }, { variance }) =>
    transitions.map(({ from, to }) => {
      const alpha = (from.signal / to.signal) ** 2;
      const beta = 1 - alpha;
      const posterior = Math.max((to.noise / from.noise) ** 2 * beta, 1e-20);
      const mean = {
        denoised: (to.signal * beta) / from.noise ** 2,
        x: (Math.sqrt(alpha) * to.noise ** 2) / from.noise ** 2,
      };
      const draws = from.timestep > 0 && !(comfyui && to.sigma === 0);
      const deviation = Math.sqrt(variance === 'fixed_small' ? posterior : beta);
      return stepAt(from, to, { x: draws ? { ...mean, noise: deviation } : mean }, draws);
    }),
};

export default ddpm;
