import type { Device, Tensor } from '../../src/core/device';
import { embedTimestep } from '../time-embedding';
import { averaged, isLookedAt } from './averages';
import type { Caption } from './captions';
import type { NoisyBatch } from './noisy-batch';
import type { UNetParts } from './parts';
import type { Trainer, TrainerState } from './trainer';

/** How far a lesson is: all that is needed to go on as if it had not been stopped. */
export interface LessonState extends TrainerState {
  /** Of the parameters, as far as they were looked at. */
  readonly averages: readonly Float32Array[];
  /** Of each step. */
  readonly losses: readonly number[];
}

/** What a lesson tells on its way. */
export interface LessonProgress {
  /** Called after every step; a lesson ends where it throws. */
  reached(step: number, loss: number, state: () => Promise<LessonState>): Promise<void>;
  /** Where an earlier run of the same lesson stopped. */
  readonly from?: LessonState | undefined;
}

/** What a lesson results in: the parameters, averaged over the last of its steps. */
export const learnedIn = ({ steps, parameters, averages }: LessonState): readonly Float32Array[] =>
  isLookedAt(steps) ? averages : averaged(averages, parameters, steps);

/** A lesson that ended early, with how far it came; `cause` is why. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor(
    readonly state: LessonState,
    override readonly cause: unknown,
  ) {
    super('The lesson was interrupted.');
  }
}

/** Steps over which the rate rises at the start, so that the first gradients, which are the wildest, count less. */
const WARM_UP = 20;

/**
 * Trains until `steps` were made, each with the gradient over all of `feedsOf(step)`, which are freed. Throws `Interrupted` with
 * the state where anything ends it early. The trainer is freed.
 */
export async function teach(
  device: Device,
  trainer: Trainer,
  { steps, rate }: { readonly steps: number; readonly rate: number },
  { reached, from }: LessonProgress,
  feedsOf: (step: number) => Promise<readonly Record<string, Tensor>[]>,
): Promise<LessonState> {
  let averages = from?.averages ?? [];
  const losses = [...(from?.losses ?? [])];
  const state = async (): Promise<LessonState> => ({ ...(await trainer.state()), averages, losses: [...losses] });
  try {
    while (trainer.steps < steps) {
      const { steps: step } = trainer;
      const feeds = await feedsOf(step);
      try {
        const loss = await trainer.step(feeds, rate * Math.min(1, (step + 1) / WARM_UP));
        losses.push(loss);
        if (isLookedAt(trainer.steps)) averages = averaged(averages, await trainer.parameters(), trainer.steps);
        await reached(trainer.steps, loss, state);
      } finally {
        for (const batch of feeds) for (const tensor of Object.values(batch)) device.dispose(tensor);
      }
    }
    return await state();
  } catch (error) {
    throw new Interrupted(await state(), error);
  } finally {
    trainer.dispose();
  }
}

export interface BatchSizes {
  readonly batch: number;
  /** Into how many equal batches, one after the other, it is divided. */
  readonly parts: number;
  /** `[c, h, w]` of a latent. */
  readonly shape: readonly [number, number, number];
  /** Tokens of a caption. */
  readonly length: number;
  /** Of the vectors of tokens. */
  readonly width: number;
}

/** Feeds that do not depend on what is learned, and the captions of the pictures in their order. */
export interface BatchFeeds {
  readonly feeds: Record<string, Tensor>;
  readonly captions: readonly Caption[];
}

/**
 * What a step is fed with, part by part, of noisy pictures and their captions: one for each picture, or one for all; mirrored
 * pictures come after the others and take those from the front. The parts together are the same batch, however many they are.
 */
export function batchFeeds(
  device: Device,
  noisy: NoisyBatch,
  captions: readonly Caption[],
  { config }: Pick<UNetParts, 'config'>,
  { batch, parts, shape, length, width }: BatchSizes,
): BatchFeeds[] {
  const channels = config.block_out_channels[0] ?? 0;
  const settings = { flipSinToCos: config.flip_sin_to_cos, freqShift: config.freq_shift };
  const count = batch / parts;
  const size = shape.reduce((product, side) => product * side, 1);
  return Array.from({ length: parts }, (_, part) => {
    const [from, to] = [part * count, (part + 1) * count];
    const shown = noisy.pictures.slice(from, to).map((picture) => captions[picture % captions.length] as Caption);
    const embeddings = new Float32Array(count * length * width);
    for (const [i, caption] of shown.entries()) embeddings.set(caption.embeddings, i * length * width);
    const time = new Float32Array(count * channels);
    for (const [i, timestep] of noisy.timesteps.slice(from, to).entries()) {
      time.set(embedTimestep(timestep, channels, settings), i * channels);
    }
    const rows = (all: Float32Array<ArrayBuffer>) =>
      device.tensor(all.slice(from * size, to * size), [count, ...shape]);
    return {
      captions: shown,
      feeds: {
        embeddings: device.tensor(embeddings, [count, length, width]),
        latent: rows(noisy.latent),
        target: rows(noisy.target),
        time: device.tensor(time, [count, channels]),
      },
    };
  });
}
