import { distilled } from '../ladders/distilled';
import { epsilonAt, stepAt } from '../noise-level';
import type { Sampler } from '../sampler';

/**
 * Trajectory consistency distillation, Zheng et al. 2402.19159, algorithm 4: along the trajectory to (1 - gamma) of the next
 * timestep, and back to the next noise level with fresh noise. The last step draws nothing and ends at timestep 0.
 */
const tcd: Sampler = {
  title: 'TCD',
  help: 'For TCD LoRAs: 4 to 8 steps. More gamma for more steps; 0 makes it deterministic.',
  ladder: distilled,
  spacing: 'leading',
  takes: ['gamma'],
  steps: ({ transitions, trained }, { gamma }) =>
    transitions.map(({ from, to }, index) => {
      const between = trained.levelAt(Math.floor((1 - gamma) * to.timestep));
      const draws = gamma > 0 && index < transitions.length - 1;
      const back = draws ? to.signal / between.signal : 1;
      const x = { denoised: back * between.signal, epsilon: back * between.noise };
      const noise = Math.sqrt(Math.max(1 - back ** 2, 0));
      const row = stepAt(from, draws ? to : between, { x: draws ? { ...x, noise } : x }, draws);
      return { ...row, epsilon: epsilonAt(from) };
    }),
};

export default tcd;
