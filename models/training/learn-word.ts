import type { Device, Tensor } from '../../src/core/device';
import type { Image, TextEncoder, UNet, Vae } from '../../src/core/values';
import type { Graph } from '../../src/onnx/graph';
import { clipText } from '../clip-text-graph';
import { type Caption, readCaption, remarksOnStart, startVectors } from './captions';
import { denoisingLoss } from './denoising-loss';
import { withLearnedVectors } from './learned-vectors';
import { batchFeeds, type LessonProgress, type LessonState, teach } from './lesson';
import type { TrainingWay } from './memory';
import { noisyBatch, type TimestepChoice } from './noisy-batch';
import { trainable } from './parts';
import { drawSample, promptFeeds } from './sample';
import { Trainer, type TrainerSettings, untrained } from './trainer';

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
  readonly way: TrainingWay;
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
export function learnWord(device: Device, lesson: WordLesson, progress: LessonProgress): Promise<LessonState> {
  const { textEncoder, unet, latents, word, vectors: count, batch, seed, shape, timesteps, way } = lesson;
  const model = trainable(textEncoder, unet);
  const { length, width, image } = model;
  const captions = lesson.captions.map((caption) => readCaption(model, caption, word, count));
  const trainer = new Trainer(
    device,
    { ...wordTraining({ ...lesson, batch: batch / way.parts }), ...way },
    progress.from ?? untrained([startVectors(model, lesson.start, count)]),
  );
  return teach(device, trainer, lesson, progress, async (step) => {
    const sizes = { batch, parts: way.parts, shape, length, width };
    const noisy = noisyBatch(latents, unet, { seed, step, batch, timesteps });
    const made = batchFeeds(device, noisy, captions, image, sizes);
    return made.map(({ feeds, captions }) => ({ ...feeds, places: placesFeed(device, captions, length, count) }));
  });
}

/** What is to be known of a lesson before it begins, in sentences. */
export const remarksOnWord = ({
  textEncoder,
  unet,
  start,
  vectors,
}: Pick<WordLesson, 'textEncoder' | 'unet' | 'start' | 'vectors'>): string[] =>
  remarksOnStart(trainable(textEncoder, unet), start, vectors);

/** A picture of a prompt with the word as it is learned so far. */
export async function sampleWord(
  device: Device,
  lesson: WordLesson,
  { prompt, vae }: { readonly prompt: string; readonly vae: Vae },
  learned: readonly Float32Array[],
): Promise<Image> {
  const { textEncoder, unet, shape, vectors: count, word, seed } = lesson;
  const model = trainable(textEncoder, unet);
  const { length, width, text, image } = model;
  const { key, parameters } = wordTraining(lesson);
  const caption = readCaption(model, prompt.includes(word) ? prompt : `${prompt} ${word}`, word, count);
  const feeds = promptFeeds(device, readCaption(model, '', '', 0), caption, model, count);
  const words = (graph: Graph) => {
    const vectors = graph.input('vectors', [count, width], 'float32');
    const embeddings = withLearnedVectors(graph, vectors, 2, length);
    return { context: clipText(embeddings, text.weights, text.config, 1) };
  };
  try {
    return await drawSample(device, { image, unet, vae }, { key, parameters, words, feeds, shape, seed }, learned);
  } finally {
    for (const tensor of Object.values(feeds)) device.dispose(tensor);
  }
}

/** `[batch * length, count]`: where the vectors stand. */
function placesFeed(device: Device, captions: readonly Caption[], length: number, count: number): Tensor {
  const places = new Float32Array(captions.length * length * count);
  for (const [i, caption] of captions.entries()) places.set(caption.places, i * length * count);
  return device.tensor(places, [captions.length * length, count]);
}
