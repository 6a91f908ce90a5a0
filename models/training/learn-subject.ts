import type { Device, Tensor } from '../../src/core/device';
import type { LoraLayer, StoredTensor } from '../../src/core/lora';
import type { Image, TextEncoder, UNet, Vae } from '../../src/core/values';
import { TorchGenerator } from '../../src/diffusion/random';
import type { Graph } from '../../src/onnx/graph';
import { multiply } from '../../src/onnx/ops/multiply';
import { clipText } from '../clip-text-graph';
import { answersOf } from './answers';
import { readCaption } from './captions';
import { denoisingLoss } from './denoising-loss';
import { batchFeeds, type LessonProgress, type LessonState, teach } from './lesson';
import type { TrainingWay } from './memory';
import { noisyBatch, type TimestepChoice } from './noisy-batch';
import { type Trainable, trainable } from './parts';
import { drawSample, promptFeeds } from './sample';
import { type TrainedLayer, trainedLayers, trainedLora } from './trained-lora';
import { Trainer, type TrainerSettings, untrained } from './trainer';

/** Pictures of the subject, or of its class, and what they show. */
export interface CaptionedLatents {
  /** `[c, h, w]` of each picture, in the model's space. */
  readonly latents: readonly Float32Array[];
  /** One for each picture, or one for all. */
  readonly captions: readonly string[];
}

export type Keeps = 'answers' | 'pictures';

export interface SubjectLesson {
  readonly textEncoder: TextEncoder;
  readonly unet: UNet;
  readonly subject: CaptionedLatents;
  /** What the model made of the class before: learning it along with the subject keeps the class as it was. */
  readonly prior?: CaptionedLatents | undefined;
  /** Whether what is learned of those are the pictures, or what the model answered before to the same noisy pictures. */
  readonly keeps: Keeps;
  /** How much the loss of those counts beside that of the subject, whose is 1. */
  readonly classWeight: number;
  readonly shape: readonly [number, number, number];
  readonly rank: number;
  /** Whether the text encoder changes, too. */
  readonly text: boolean;
  readonly steps: number;
  readonly batch: number;
  readonly rate: number;
  readonly seed: string;
  readonly timesteps: TimestepChoice;
  readonly way: TrainingWay;
}

interface Part {
  readonly part: NonNullable<LoraLayer['part']>;
  readonly layers: readonly TrainedLayer[];
}

const partsOf = ({ text, image }: Trainable, withText: boolean): Part[] => [
  ...(withText ? [{ part: 'text-encoder', layers: trainedLayers(text.weights) } as const] : []),
  { part: 'unet', layers: trainedLayers(image.weights) },
];

/** What a lesson trains, and by which loss. It can be asked for before there are pictures. */
export function subjectTraining({
  textEncoder,
  unet,
  shape,
  rank,
  batch,
  text: withText,
}: Pick<SubjectLesson, 'textEncoder' | 'unet' | 'shape' | 'rank' | 'batch' | 'text'>): TrainerSettings {
  const model = trainable(textEncoder, unet);
  const { length, width, text, image } = model;
  const parts = partsOf(model, withText);
  const layersOf = (wanted: Part['part']) => parts.find(({ part }) => part === wanted)?.layers ?? [];
  return {
    key: `a subject for ${text.key} and ${image.key} ${[batch, ...shape, length, rank, withText].join('x')}`,
    parameters: parts.flatMap(({ part, layers }) =>
      layers.flatMap(({ name, outputs, inputs }) => [
        { name: `${part}.${name}.down`, dims: [rank, inputs] },
        { name: `${part}.${name}.up`, dims: [outputs, rank] },
      ]),
    ),
    loss(graph) {
      const embeddings = graph.input('embeddings', [batch, length, width]);
      const words = trainedLora(graph, layersOf('text-encoder'), rank, 'text-encoder');
      const pictures = trainedLora(graph, layersOf('unet'), rank, 'unet');
      const context = clipText(embeddings, text.weights, text.config, 1, words.additions);
      const loss = denoisingLoss(context, image, { batch, latent: shape }, pictures.additions);
      return multiply(loss, graph.input('weight', [1], 'float32'));
    },
  };
}

/**
 * DreamBooth, https://arxiv.org/abs/2208.12242, with a LoRA instead of the whole model: finds thin matrices beside the layers of
 * attention, so that the model denoises the subject's pictures under their captions, and those of its class as it did before.
 * The same lesson gives the same matrices on the same device.
 */
export function learnSubject(device: Device, lesson: SubjectLesson, progress: LessonProgress): Promise<LessonState> {
  const { textEncoder, unet, subject, prior, shape, rank, batch, seed, timesteps, way } = lesson;
  const model = trainable(textEncoder, unet);
  const { length, width, image } = model;
  const parts = partsOf(model, lesson.text);
  const trainer = new Trainer(
    device,
    { ...subjectTraining({ ...lesson, batch: batch / way.parts }), ...way },
    progress.from ?? untrained(startFactors(parts, rank, seed)),
  );
  const examples = [subject, ...(prior ? [prior] : [])].map(({ latents, captions }) => ({
    latents,
    captions: captions.map((caption) => readCaption(model, caption, '', 0)),
  }));
  const sizes = { batch, parts: way.parts, shape, length, width };
  const answers = answersOf(device, lesson, shape);
  return teach(device, trainer, lesson, progress, async (step) => {
    const all: Record<string, Tensor>[] = [];
    for (const [i, { latents, captions }] of examples.entries()) {
      const drawn = noisyBatch(latents, unet, { seed: String(BigInt(seed) + BigInt(i)), step, batch, timesteps });
      const [ofClass, weight] = i > 0 ? [prior, lesson.classWeight] : [undefined, 1];
      const noisy =
        ofClass && lesson.keeps === 'answers' ? { ...drawn, target: await answers.of(drawn, ofClass.captions) } : drawn;
      for (const { feeds } of batchFeeds(device, noisy, captions, image, sizes)) {
        all.push({ ...feeds, weight: device.tensor(Float32Array.of(weight), [1]) });
      }
    }
    return all;
  }).finally(() => answers.dispose());
}

/** A picture of a prompt, drawn with what was learned so far. */
export async function sampleSubject(
  device: Device,
  lesson: SubjectLesson,
  { prompt, vae }: { readonly prompt: string; readonly vae: Vae },
  learned: readonly Float32Array[],
): Promise<Image> {
  const { textEncoder, unet, shape, rank, seed } = lesson;
  const model = trainable(textEncoder, unet);
  const { length, width, text, image } = model;
  const { key, parameters } = subjectTraining(lesson);
  const parts = partsOf(model, lesson.text);
  const layersOf = (wanted: Part['part']) => parts.find(({ part }) => part === wanted)?.layers ?? [];
  const [nothing, caption] = [readCaption(model, '', '', 0), readCaption(model, prompt, '', 0)];
  const feeds = promptFeeds(device, nothing, caption, model, 0);
  const words = (graph: Graph) => {
    const embeddings = graph.input('embeddings', [2, length, width]);
    const reading = trainedLora(graph, layersOf('text-encoder'), rank, 'text-encoder');
    const drawing = trainedLora(graph, layersOf('unet'), rank, 'unet');
    const context = clipText(embeddings, text.weights, text.config, 1, reading.additions);
    return { context, additions: drawing.additions };
  };
  const sampler = { key, parameters, words, feeds, shape, seed };
  try {
    return await drawSample(device, { image, unet, vae }, sampler, learned);
  } finally {
    for (const tensor of Object.values(feeds)) device.dispose(tensor);
  }
}

/** As peft begins: `down` uniform in ±1/√inputs (Kaiming's with a = √5), `up` zero, so that nothing is changed at first. */
function startFactors(parts: readonly Part[], rank: number, seed: string): Float32Array[] {
  const generator = new TorchGenerator(BigInt(seed));
  return parts.flatMap(({ layers }) =>
    layers.flatMap(({ inputs, outputs }) => {
      const bound = 1 / Math.sqrt(inputs);
      const down = Float32Array.from(generator.rand(rank * inputs), (value) => (2 * value - 1) * bound);
      return [down, new Float32Array(outputs * rank)];
    }),
  );
}

const stored = (shape: readonly number[], data: Float32Array): StoredTensor => ({ shape, read: () => data });

/** What was learned as the layers of a LoRA. */
export function learnedLayers(lesson: SubjectLesson, learned: readonly Float32Array[]): LoraLayer[] {
  const { rank } = lesson;
  const parts = partsOf(trainable(lesson.textEncoder, lesson.unet), lesson.text);
  return parts
    .flatMap(({ part, layers }) => layers.map((layer) => ({ part, layer })))
    .map(({ part, layer: { name, inputs, outputs } }, i) => {
      const module = name.replaceAll('.', '_');
      const [down = new Float32Array(), up = new Float32Array()] = learned.slice(2 * i, 2 * i + 2);
      // As kohya's scripts call them, which write the model's full name.
      const full = part === 'unet' ? `lora_unet_${module}` : `lora_te_text_model_${module.replace(/^text_model_/, '')}`;
      return {
        name: full,
        part,
        module,
        changes: [{ kind: 'low-rank', down: stored([rank, inputs], down), up: stored([outputs, rank], up), scale: 1 }],
      };
    });
}
