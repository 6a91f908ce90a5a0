import type { NoiseMix, Step } from '../core/values';

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

/**
 * How the model is asked at a level and how its answer is read. The model sees samples of variance 1 and predicts epsilon,
 * x0, or v = signal * epsilon - noise * x0 of the variance preserving form (Salimans and Ho 2202.00512, section 4). The step
 * that follows arrives at `next`.
 */
export function evaluateAt(
  level: NoiseLevel,
  next: NoiseMix,
): Pick<Step, 'timestep' | 'inputScale' | 'sigma' | 'level' | 'next' | 'denoised'> {
  const { timestep, sigma, signal, noise } = level;
  const inputScale = 1 / Math.hypot(signal, noise);
  return {
    timestep,
    inputScale,
    sigma,
    level: { signal, noise },
    next: { signal: next.signal, noise: next.noise },
    denoised: {
      // Where no signal is left, what noise there is does not tell the picture.
      ...(signal > 0 && { epsilon: { x: 1 / signal, prediction: -noise / signal } }),
      v_prediction: { x: signal * inputScale * inputScale, prediction: -noise * inputScale },
      sample: { x: 0, prediction: 1 },
    },
  };
}

/** The noise that the model sees, by what it predicts; undisturbed by what is done to the denoised picture. */
export function epsilonAt({ signal, noise }: NoiseLevel): NonNullable<Step['epsilon']> {
  const scale = 1 / Math.hypot(signal, noise);
  return {
    epsilon: { x: 0, prediction: 1 },
    v_prediction: { x: noise * scale * scale, prediction: signal * scale },
    ...(noise > 0 && { sample: { x: 1 / noise, prediction: -signal / noise } }),
  };
}
