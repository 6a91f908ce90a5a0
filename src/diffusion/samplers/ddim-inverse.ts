import { inverse } from '../ladders/inverse';
import { epsilonAt, stepAt } from '../noise-level';
import type { Sampler } from '../sampler';

/**
 * DDIM run backwards, from a picture to the noise that DDIM makes it of: x' = signal' x0 + noise' epsilon of Song et al.
 * 2010.02502, equation 12, with epsilon taken where the step arrives. Mokady et al. 2211.09794, section 3.1.
 */
const ddimInverse: Sampler = {
  title: 'DDIM inverse',
  help: 'Runs upwards: turns a picture into the noise that DDIM would make it of. Start it from a picture.',
  ladder: inverse,
  spacing: 'leading',
  takes: ['clipping', 'clipRange'],
  steps: ({ transitions }) =>
    transitions.map(({ from, to }) => ({
      ...stepAt(from, to, { x: { denoised: to.signal, epsilon: to.noise } }),
      epsilon: epsilonAt(from),
    })),
};

export default ddimInverse;
