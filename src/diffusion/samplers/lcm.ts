import { orAsComfyui } from '../ladders/comfyui';
import { distilled } from '../ladders/distilled';
import { explodingLevel, noNoise, stepAt } from '../noise-level';
import { CLIPPING } from '../options';
import type { Sampler } from '../sampler';

/** The standard deviation of the data and the scale of timesteps that consistency models are trained with. */
const DATA = 0.5;
const TIMESTEP_SCALE = 10;

/**
 * Latent consistency models, Luo et al. 2310.04378, section 4.1 and algorithm 3: jump to the picture, c_out x0 + c_skip x, and
 * back to the next noise level with fresh noise. The last step draws nothing. On ComfyUI's sigmas c_skip is none, as there.
 */
const lcm: Sampler = {
  title: 'LCM',
  help: 'For latent consistency models and LCM LoRAs: 4 to 8 steps, with a guidance scale of 1 to 2.',
  ladder: orAsComfyui(distilled, explodingLevel),
  spacing: 'leading',
  takes: CLIPPING,
  steps: ({ transitions, comfyui }) =>
    transitions.map(({ from, to }, index) => {
      if (comfyui)
        return to.sigma > 0
          ? stepAt(from, to, { x: { denoised: 1, noise: to.sigma } }, true)
          : stepAt(from, to, { x: { denoised: 1 } });
      const time = from.timestep * TIMESTEP_SCALE;
      const length = Math.hypot(time, DATA);
      const x0 = { denoised: time / length, x: (DATA / length) ** 2 };
      if (index === transitions.length - 1) return stepAt(from, noNoise, { x: x0 });
      const x = { denoised: to.signal * x0.denoised, x: to.signal * x0.x, noise: to.noise };
      return stepAt(from, to, { x }, true);
    }),
};

export default lcm;
