import type { Device, Tensor } from '../../src/core/device';
import type { UNet } from '../../src/core/values';
import { embedTimestep } from '../time-embedding';
import { averaged, isLookedAt } from './averages';
import type { Caption } from './captions';
import { type BatchDraw, noisyBatch } from './noisy-batch';
import type { UNetParts } from './parts';
import type { Trainer, TrainerState } from './trainer';

/** Pictures to learn from, and what they show. */
export interface Examples {
  /** `[c, h, w]` of each picture, in the model's space. */
  readonly latents: readonly Float32Array[];
  /** One for each picture, or one for all; mirrored pictures come after the others and take those from the front. */
  readonly captions: readonly Caption[];
}

/** How far a lesson is: all that is needed to go on as if it had not been stopped. */
export interface LessonState extends TrainerState {
  /** Of the parameters, as far as they were looked at. */
  readonly averages: readonly Float32Array[];
  /** Of each step. */
  readonly losses: readonly number[];
}

/** What a lesson tells and keeps on its way. */
export interface LessonProgress {
  /** Called after every step; a lesson ends where it throws. `learned` is what it would result in if it ended here. */
  reached(step: number, loss: number, learned: () => Promise<readonly Float32Array[]>): Promise<void>;
  /** Keeps how far it is, every so many steps. */
  readonly keep: { readonly every: number; write(state: LessonState): Promise<void> | undefined };
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
  { reached, keep, from }: LessonProgress,
  feedsOf: (step: number) => readonly Record<string, Tensor>[],
): Promise<LessonState> {
  let averages = from?.averages ?? [];
  const losses = [...(from?.losses ?? [])];
  const state = async (): Promise<LessonState> => ({ ...(await trainer.state()), averages, losses: [...losses] });
  try {
    while (trainer.steps < steps) {
      const { steps: step } = trainer;
      const feeds = feedsOf(step);
      try {
        const loss = await trainer.step(feeds, rate * Math.min(1, (step + 1) / WARM_UP));
        losses.push(loss);
        if (isLookedAt(trainer.steps)) averages = averaged(averages, await trainer.parameters(), trainer.steps);
        if (trainer.steps % keep.every === 0) await keep.write(await state());
        await reached(trainer.steps, loss, async () => learnedIn(await state()));
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
  /** `[c, h, w]` of a latent. */
  readonly shape: readonly [number, number, number];
  /** Tokens of a caption. */
  readonly length: number;
  /** Of the vectors of tokens. */
  readonly width: number;
}

/** The feeds of a step that do not depend on what is learned, and the captions of its pictures in their order. */
export function batchFeeds(
  device: Device,
  { latents, captions }: Examples,
  unet: UNet,
  { config }: Pick<UNetParts, 'config'>,
  draw: Omit<BatchDraw, 'batch'>,
  { batch, shape, length, width }: BatchSizes,
): { readonly feeds: Record<string, Tensor>; readonly captions: readonly Caption[] } {
  const noisy = noisyBatch(latents, unet, { ...draw, batch });
  const shown = noisy.pictures.map((picture) => captions[picture % captions.length] as Caption);
  const embeddings = new Float32Array(batch * length * width);
  for (const [i, caption] of shown.entries()) embeddings.set(caption.embeddings, i * length * width);
  const channels = config.block_out_channels[0] ?? 0;
  const time = new Float32Array(batch * channels);
  const settings = { flipSinToCos: config.flip_sin_to_cos, freqShift: config.freq_shift };
  for (const [i, timestep] of noisy.timesteps.entries()) {
    time.set(embedTimestep(timestep, channels, settings), i * channels);
  }
  return {
    captions: shown,
    feeds: {
      embeddings: device.tensor(embeddings, [batch, length, width]),
      latent: device.tensor(noisy.latent, [batch, ...shape]),
      target: device.tensor(noisy.target, [batch, ...shape]),
      time: device.tensor(time, [batch, channels]),
    },
  };
}
