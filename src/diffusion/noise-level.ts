import type { NoiseMix, Step, Update } from '../core/sampler-table';

/**
 * How noisy a sample is: `x = signal * x0 + noise * epsilon`. The same level has two forms. Variance preserving, as the
 * models were trained: signal^2 + noise^2 = 1. Variance exploding, as k-diffusion computes: signal = 1, noise = sigma.
 */
export interface NoiseLevel extends NoiseMix {
  readonly timestep: number;
  /** Noise over signal; 4096 where no signal is left. */
  readonly sigma: number;
}

export function explodingLevel(timestep: number, sigma: number): NoiseLevel {
  return { timestep, sigma, signal: 1, noise: sigma };
}

export function preservingLevel(timestep: number, sigma: number): NoiseLevel {
  const signal = 1 / Math.sqrt(sigma * sigma + 1);
  return { timestep, sigma, signal, noise: sigma * signal };
}

/** What Euler and its like take for the signal where a schedule has none left, so that sigma stays finite. */
export const SMALLEST_SIGNAL = 2 ** -12;

/** A level of the training table, given what is left of the signal's variance there. */
export function trainedLevel(timestep: number, alphaCumprod: number): NoiseLevel {
  const signal = Math.sqrt(alphaCumprod);
  const noise = Math.sqrt(1 - alphaCumprod);
  return { timestep, sigma: noise / Math.max(signal, SMALLEST_SIGNAL), signal, noise };
}

/** No noise at all, where nearly every sampler ends. */
export const noNoise: NoiseLevel = { timestep: 0, sigma: 0, signal: 1, noise: 0 };

const AS_IT_IS = { x: 0, prediction: 1 };

/**
 * A row of a sampler's table: how the model is asked at a level and how its answer is read, and what becomes of the slots. The
 * model sees samples of variance 1 and predicts epsilon, x0, or v = signal * epsilon - noise * x0 of the variance preserving
 * form (Salimans and Ho 2202.00512, section 4). The step arrives at `next`.
 */
export function stepAt(level: NoiseLevel, next: NoiseMix, update: Update, draws = false): Step {
  const { timestep, sigma, signal, noise } = level;
  const inputScale = 1 / Math.sqrt(signal * signal + noise * noise);
  const v = { x: signal * inputScale * inputScale, prediction: -noise * inputScale };
  const denoised =
    signal > 0
      ? { epsilon: { x: 1 / signal, prediction: -noise / signal }, v_prediction: v, sample: AS_IT_IS }
      : // Where no signal is left, what noise there is does not tell the picture.
        { v_prediction: v, sample: AS_IT_IS };
  return { timestep, inputScale, sigma, level, next, denoised, update, draws };
}

/** The noise that the model sees, by what it predicts; undisturbed by what is done to the denoised picture. */
export function epsilonAt({ signal, noise }: NoiseLevel): NonNullable<Step['epsilon']> {
  const scale = 1 / Math.sqrt(signal * signal + noise * noise);
  const v_prediction = { x: noise * scale * scale, prediction: signal * scale };
  return noise > 0
    ? { epsilon: AS_IT_IS, v_prediction, sample: { x: 1 / noise, prediction: -signal / noise } }
    : { epsilon: AS_IT_IS, v_prediction };
}
