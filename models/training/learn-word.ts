import type { Device, Tensor } from '../../src/core/device';
import type { TextEncoder, UNet } from '../../src/core/values';
import { clipText } from '../clip-text-graph';
import { type Caption, readCaption, startVectors } from './captions';
import { denoisingLoss } from './denoising-loss';
import { withLearnedVectors } from './learned-vectors';
import { batchFeeds, type LessonProgress, teach } from './lesson';
import type { TimestepChoice } from './noisy-batch';
import { trainable } from './parts';
import { Trainer, type TrainerSettings, type TrainerState, untrained } from './trainer';

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
  readonly timesteps: TimestepChoice;
}

/** What a lesson trains, and by which loss. It can be asked for before there are pictures. */
export function wordTraining({
  textEncoder,
  unet,
  shape,
  batch,
  vectors: count,
}: Pick<WordLesson, 'textEncoder' | 'unet' | 'shape' | 'batch' | 'vectors'>): TrainerSettings {
  const { length, width, text, image } = trainable(textEncoder, unet);
  return {
    key: `a word for ${text.key} and ${image.key} ${[batch, ...shape, length, count].join('x')}`,
    parameters: [{ name: 'vectors', dims: [count, width] }],
    loss(graph) {
      const vectors = graph.input('vectors', [count, width], 'float32');
      const embeddings = withLearnedVectors(graph, vectors, batch, length);
      const context = clipText(embeddings, text.weights, text.config, 1);
      return denoisingLoss(context, image, { batch, latent: shape });
    },
    adam: { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0 },
  };
}

/**
 * Textual inversion, https://arxiv.org/abs/2208.01618: finds vectors `[count, width]` for a new word, so that the frozen model
 * denoises the pictures best under captions that have the word. The same lesson gives the same vectors on the same device.
 */
export function learnWord(device: Device, lesson: WordLesson, progress: LessonProgress): Promise<TrainerState> {
  const { textEncoder, unet, latents, word, vectors: count, batch, seed, shape, timesteps } = lesson;
  const model = trainable(textEncoder, unet);
  const { length, width, image } = model;
  const captions = lesson.captions.map((caption) => readCaption(model, caption, word, count));
  const trainer = new Trainer(
    device,
    wordTraining(lesson),
    progress.from ?? untrained([startVectors(model, lesson.start, count)]),
  );
  return teach(device, trainer, lesson, progress, (step) => {
    const sizesOfBatch = { batch, shape, length, width };
    const made = batchFeeds(device, { latents, captions }, unet, image, { seed, step, timesteps }, sizesOfBatch);
    return [{ ...made.feeds, places: placesFeed(device, made.captions, length, count) }];
  });
}

/** `[batch * length, count]`: where the vectors stand. */
function placesFeed(device: Device, captions: readonly Caption[], length: number, count: number): Tensor {
  const places = new Float32Array(captions.length * length * count);
  for (const [i, caption] of captions.entries()) places.set(caption.places, i * length * count);
  return device.tensor(places, [captions.length * length, count]);
}
