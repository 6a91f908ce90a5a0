import { type Descent, type Ladder, leaveOut, transitionsOf } from '../ladder';
import { explodingLevel, type NoiseLevel } from '../noise-level';
import { isComfyui, placeSigmas } from '../sigmas';
import { fractionalTimesteps, roundHalfEven } from '../timesteps';
import { descendAsComfyui } from './comfyui';

/**
 * Levels between those of the training table, variance exploding: Euler, Heun, LMS and what else descends from k-diffusion.
 * `karras` says what becomes of the timesteps of Karras sigmas.
 */
function exploding(karras: (timestep: number) => number): Ladder {
  return {
    placesSigmas: true,
    descend(settings): Descent {
      const { noiseSchedule, trained, steps, spacing, sigmas: rule, options } = settings;
      if (isComfyui(rule)) return descendAsComfyui(rule, settings, explodingLevel);
      const timesteps = fractionalTimesteps[spacing](trained.count, steps, noiseSchedule.stepsOffset);
      const sigmas = timesteps.map(trained.sigmaAt);
      const between = (sigma: number): NoiseLevel =>
        explodingLevel(Math.fround(trained.timestepAt(sigma)), Math.fround(sigma));
      const round = rule === 'karras' ? karras : (timestep: number) => timestep;
      const levels =
        rule === 'default'
          ? sigmas.map((sigma, index) => explodingLevel(timesteps[index] as number, Math.fround(sigma)))
          : placeSigmas[rule](sigmas[0] as number, sigmas[sigmas.length - 1] as number, steps)
              .map(between)
              .map(({ timestep, sigma }) => explodingLevel(round(timestep), sigma));
      const final = options.finalSigma === 'zero' ? 0 : (trained.sigmas[0] as number);
      const all = transitionsOf(levels, explodingLevel(0, Math.min(final, (levels[steps - 1] as NoiseLevel).sigma)));
      const top = (levels[0] as NoiseLevel).sigma;
      // diffusers' init_noise_sigma: below the noisiest level the picture's own variance is counted in.
      return {
        ...leaveOut(all, settings),
        trained,
        between,
        startScale: spacing === 'leading' ? Math.hypot(1, top) : top,
      };
    },
  };
}

export const fractional = exploding((timestep) => timestep);

/** For DPM2, whose Karras sigmas diffusers evaluates at whole timesteps. */
export const rounded = exploding(roundHalfEven);
