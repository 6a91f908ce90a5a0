import type { Device, Tensor } from '../../src/core/device';
import type { TextEncoder, UNet } from '../../src/core/values';
import type { Graph, Value } from '../../src/onnx/graph';
import { clipText } from '../clip-text-graph';
import { embedTimestep } from '../time-embedding';
import { type Caption, readCaption, startVectors } from './captions';
import { denoisingLoss } from './denoising-loss';
import { withLearnedVectors } from './learned-vectors';
import { noisyBatch } from './noisy-batch';
import { trainable } from './parts';
import { Trainer, type TrainerState, untrained } from './trainer';

export interface WordLesson {
  readonly textEncoder: TextEncoder;
  readonly unet: UNet;
  /** `[c, h, w]` of each picture, in the model's space. */
  readonly latents: readonly Float32Array[];
  readonly shape: readonly [number, number, number];
  /** One for each picture, or one for all. */
  readonly captions: readonly string[];
  readonly word: string;
  /** Known words that the new one starts from. */
  readonly start: string;
  readonly vectors: number;
  readonly steps: number;
  readonly batch: number;
  readonly rate: number;
  readonly seed: string;
}

/** What a lesson tells and keeps on its way. */
export interface LessonProgress {
  /** Called after every step; a lesson ends where it throws. */
  reached(step: number, loss: number): Promise<void>;
  /** Keeps how far it is, every so many steps. */
  readonly keep: { readonly every: number; write(state: TrainerState): Promise<void> | undefined };
  /** Where an earlier run of the same lesson stopped. */
  readonly from?: TrainerState | undefined;
}

/** Steps over which the rate rises at the start, so that the first gradients, which are the wildest, count less. */
const WARM_UP = 20;

/**
 * Textual inversion, https://arxiv.org/abs/2208.01618: finds vectors `[count, width]` for a new word, so that the frozen model
 * denoises the pictures best under captions that have the word. The same lesson gives the same vectors on the same device.
 */
export async function learnWord(
  device: Device,
  lesson: WordLesson,
  { reached, keep, from }: LessonProgress,
): Promise<TrainerState> {
  const { textEncoder, unet, word, vectors: count, batch, seed, shape } = lesson;
  const model = trainable(textEncoder, unet);
  const { length, width, text, image } = model;
  const captions = lesson.captions.map((caption) => readCaption(model, caption, word, count));
  const loss = (graph: Graph): Value => {
    const vectors = graph.input('vectors', [count, width], 'float32');
    const embeddings = withLearnedVectors(graph, vectors, batch, length);
    const context = clipText(embeddings, text.weights, text.config, 1);
    return denoisingLoss(context, image, { batch, latent: shape });
  };
  const sizes = [batch, ...shape, length, count].join('x');
  const trainer = new Trainer(
    device,
    {
      key: `a word for ${text.key} and ${image.key} ${sizes}`,
      parameters: [{ name: 'vectors', dims: [count, width] }],
      loss,
      adam: { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0 },
    },
    from ?? untrained([startVectors(model, lesson.start, count)]),
  );
  try {
    while (trainer.steps < lesson.steps) {
      const step = trainer.steps;
      const noisy = noisyBatch(lesson.latents, unet, { seed, step, batch });
      const feeds = {
        ...captionFeeds(device, captions, noisy.pictures, [batch, length, width, count]),
        latent: device.tensor(noisy.latent, [batch, ...shape]),
        target: device.tensor(noisy.target, [batch, ...shape]),
        time: timeFeed(device, noisy.timesteps, image.config),
      };
      try {
        const value = await trainer.step([feeds], lesson.rate * Math.min(1, (step + 1) / WARM_UP));
        if (trainer.steps % keep.every === 0) await keep.write(await trainer.state());
        await reached(trainer.steps, value);
      } finally {
        for (const tensor of Object.values(feeds)) device.dispose(tensor);
      }
    }
    return await trainer.state();
  } catch (error) {
    throw new Interrupted(await trainer.state(), error);
  } finally {
    trainer.dispose();
  }
}

/** A lesson that ended early, with how far it came; `cause` is why. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor(
    readonly state: TrainerState,
    override readonly cause: unknown,
  ) {
    super('The lesson was interrupted.');
  }
}

function captionFeeds(
  device: Device,
  captions: readonly Caption[],
  pictures: readonly number[],
  [batch, length, width, count]: readonly [number, number, number, number],
): Record<string, Tensor> {
  const embeddings = new Float32Array(batch * length * width);
  const places = new Float32Array(batch * length * count);
  for (const [i, picture] of pictures.entries()) {
    const caption = captions[picture % captions.length] as Caption;
    embeddings.set(caption.embeddings, i * length * width);
    places.set(caption.places, i * length * count);
  }
  return {
    embeddings: device.tensor(embeddings, [batch, length, width]),
    places: device.tensor(places, [batch * length, count]),
  };
}

function timeFeed(
  device: Device,
  timesteps: readonly number[],
  config: {
    readonly block_out_channels: readonly number[];
    readonly flip_sin_to_cos: boolean;
    readonly freq_shift: number;
  },
): Tensor {
  const width = config.block_out_channels[0] ?? 0;
  const data = new Float32Array(timesteps.length * width);
  const settings = { flipSinToCos: config.flip_sin_to_cos, freqShift: config.freq_shift };
  for (const [i, timestep] of timesteps.entries()) data.set(embedTimestep(timestep, width, settings), i * width);
  return device.tensor(data, [timesteps.length, width]);
}
