import type { PredictionType } from '../../src/core/sampler-table';
import type { UNet } from '../../src/core/values';
import { TorchGenerator } from '../../src/diffusion/random';
import { trainedNoise } from '../../src/diffusion/trained-noise';

/** What a step of training shows the UNet: which pictures, at which timesteps, with which noise. */
export interface NoisyBatch {
  /** Index of each picture. */
  readonly pictures: readonly number[];
  readonly timesteps: readonly number[];
  /** `[batch, c, h, w]` */
  readonly latent: Float32Array<ArrayBuffer>;
  readonly target: Float32Array<ArrayBuffer>;
}

/** Decides what is drawn for a step. */
export interface BatchDraw {
  readonly seed: string;
  readonly step: number;
  readonly batch: number;
  readonly timesteps: TimestepChoice;
}

/** How often timesteps are drawn: each as often, or as https://arxiv.org/abs/2303.09556 weighs them, with its gamma of 5. */
export type TimestepChoice = 'even' | 'min-snr';

const GAMMA = 5;

/** For each timestep the chance `[count]` that one up to it is drawn, rising to 1. */
function chancesUpTo(type: PredictionType, alphas: Float32Array, choice: TimestepChoice): Float64Array {
  let sum = 0;
  const rising = Float64Array.from(alphas, (alpha) => {
    sum += choice === 'even' ? 1 : weightOf(type, alpha / Math.max(1 - alpha, 1e-12));
    return sum;
  });
  return rising.map((chance) => chance / sum);
}

/** What min-SNR multiplies the squared error of a prediction with; `ratio` is of the variances of signal and noise. */
function weightOf(type: PredictionType, ratio: number): number {
  const ofPicture = Math.min(ratio, GAMMA);
  if (type === 'epsilon') return ratio > 0 ? ofPicture / ratio : 1;
  return type === 'v_prediction' ? ofPicture / (ratio + 1) : ofPicture;
}

/**
 * The batch of one step, which depends on the seed and the number of the step alone, so that a training that was stopped goes
 * on as if it had not been. Pictures come in turn; the timesteps of a batch are spread over all of them, one in each of parts
 * that are drawn as often, which makes the loss less noisy. `latents` are `[c, h, w]` each.
 */
export function noisyBatch(
  latents: readonly Float32Array[],
  { predictionType, noiseSchedule }: Pick<UNet, 'predictionType' | 'noiseSchedule'>,
  { seed, step, batch, timesteps: choice }: BatchDraw,
): NoisyBatch {
  const generator = new TorchGenerator((BigInt(seed) + BigInt(step) * 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn);
  const { count, alphas } = trainedNoise(noiseSchedule);
  const upTo = chancesUpTo(predictionType, alphas, choice);
  const size = latents[0]?.length ?? 0;
  const chances = generator.rand(2 * batch);
  const noise = generator.randn(batch * size);
  const latent = new Float32Array(batch * size);
  const target = new Float32Array(batch * size);
  // Which part of the timesteps a picture gets changes from step to step.
  const turn = Math.floor((chances[batch] ?? 0) * batch);
  const pictures = Array.from({ length: batch }, (_, i) => (step * batch + i) % latents.length);
  const timesteps = pictures.map((_, i) => {
    const part = ((i + turn) % batch) + (chances[i] ?? 0);
    const found = upTo.findIndex((chance) => chance > part / batch);
    return found < 0 ? count - 1 : found;
  });
  for (const [i, picture] of pictures.entries()) {
    const clean = latents[picture] as Float32Array;
    const alpha = alphas[timesteps[i] as number] as number;
    const [signal, spread] = [Math.sqrt(alpha), Math.sqrt(1 - alpha)];
    for (let at = 0; at < size; at++) {
      const [x, e] = [clean[at] as number, noise[i * size + at] as number];
      latent[i * size + at] = signal * x + spread * e;
      target[i * size + at] = wanted(predictionType, x, e, signal, spread);
    }
  }
  return { pictures, timesteps, latent, target };
}

/** What a UNet of a kind is to answer; "v" as in https://arxiv.org/abs/2202.00512, appendix D. */
function wanted(type: PredictionType, x: number, noise: number, signal: number, spread: number): number {
  if (type === 'epsilon') return noise;
  return type === 'v_prediction' ? signal * noise - spread * x : x;
}
