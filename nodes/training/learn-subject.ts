import { z } from 'zod';
import { defineNode, type Gathered, seed } from '../../src/core/define-node';
import type { Device } from '../../src/core/device';
import { sampleParameters, timestepsParameter } from '../../src/core/lesson-parameters';
import { ProblemError } from '../../src/core/problem';
import type { Latent } from '../../src/core/values';

const lines = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

export default defineNode({
  type: 'training/learn-subject',
  version: 1,
  title: 'Learn a subject',
  help: 'DreamBooth with a LoRA: learns a thing, a person or an animal from a few pictures of it. The model stays as it is; what is learned is a small LoRA beside it.',
  formula: 'L = E(‖ε − ε_θ(z_t, t, c)‖^2) + λ E(‖ε − ε_θ(y_t, t, d)‖^2)',
  symbols: {
    L: 'what is made as small as can be',
    E: 'mean over pictures, timesteps and noises',
    ε: 'the noise that was added',
    ε_θ: 'what the UNet with the LoRA answers',
    z_t: 'a picture of the subject, encoded, with noise',
    y_t: 'a picture of its class, encoded, with noise; without class pictures this part is left out',
    λ: 'class weight',
    t: 'timestep',
    c: 'caption of the subject',
    d: 'caption of the class',
  },
  icon: 'school',
  learns: true,
  params: z.object({
    captions: z.string().max(20000).default('sks flower').meta({
      widget: 'lines',
      description:
        'What the pictures show, with a rare word and what kind of thing it is, such as “sks dog”: a line for each picture, or one for all.',
    }),
    classCaptions: z.string().max(20000).default('flower').meta({
      widget: 'lines',
      advanced: true,
      description: 'What the class pictures show, without the rare word: a line for each, or one for all.',
    }),
    keeps: z
      .enum(['answers', 'pictures'])
      .default('answers')
      .meta({
        advanced: true,
        labels: { answers: 'the answers of the model before', pictures: 'the class pictures' },
        description:
          'What stays as it was, where there are class pictures: what the model answers to them under noise, which is steadier, or the pictures themselves, as in the paper.',
      }),
    classWeight: z.number().min(0).max(100).default(1).meta({
      advanced: true,
      step: 0.5,
      description:
        'How much the class pictures count beside those of the subject: 1 as in the paper. More keeps other things as they were.',
    }),
    rank: z.int().min(1).max(128).default(4).meta({
      description: 'Width of the thin matrices. More hold more, and a larger file.',
    }),
    text: z.boolean().default(false).meta({
      description: 'Changes how the words are read, too. Closer to the subject; the class suffers sooner.',
    }),
    steps: z.int().min(1).max(20000).default(200).meta({
      description: 'A lesson that was stopped, or is given more steps, goes on where it was.',
    }),
    rate: z.number().min(1e-7).max(1).default(0.002).meta({ step: 0.0005, description: 'How far each step goes.' }),
    batch: z.int().min(1).max(32).default(4).meta({
      description: 'Pictures in each step; where there are class pictures, as many of those.',
    }),
    timesteps: timestepsParameter(),
    ...sampleParameters,
    seed: seed().default('42'),
  }),
  in: {
    encoder: { kind: 'text-encoder', help: 'The model that reads the captions.' },
    unet: { kind: 'unet', help: 'The model that learns.' },
    latent: { kind: 'latent', help: 'The pictures of the subject, encoded, all in one batch.' },
    prior: {
      kind: 'latent',
      optional: true,
      gathers: true,
      help: 'Pictures of its class and of other things, best those that the model makes itself: they keep it from forgetting what others look like.',
    },
    classTexts: {
      kind: 'text',
      optional: true,
      gathers: true,
      help: 'What the class pictures show, in place of the class captions: the prompts that they were made from.',
    },
    vae: { kind: 'vae', optional: true, help: 'For pictures on the way, drawn with what was learned so far.' },
  },
  out: { lora: { kind: 'lora', help: 'What was learned, for Apply LoRA or to be saved.' } },
  async run({ in: { encoder, unet, latent, prior, classTexts, vae }, params, ...around }) {
    const { learnedLayers, learnSubject, sampleSubject, subjectTraining } = await import(
      '../../models/training/learn-subject'
    );
    const { conduct } = await import('../../models/training/conduct');
    const { fitLesson } = await import('../../models/training/fit');
    const { learnedIn } = await import('../../models/training/lesson');
    const { lessonKey } = await import('../../models/training/lesson-key');
    const { device } = around;
    const [, ...shape] = latent.tensor.dims as [number, number, number, number];
    const subject = captioned(await picturesIn(device, [latent]), lines(params.captions), 'captions', 'pictures');
    const others = prior && (await classOf(device, prior, classTexts, params.classCaptions, shape));
    const { steps, captions: _, classCaptions: __, sample, sampleEvery, ...settings } = params;
    const key = await lessonKey(
      'learn-subject',
      [encoder.key, unet.key],
      { settings, subject: subject.captions, class: others?.captions },
      [...subject.latents, ...(others?.latents ?? [])],
    );
    const asked = { textEncoder: encoder, unet, ...params };
    const { way, needs } = fitLesson(device, (size) => subjectTraining({ ...asked, ...size }), {
      batch: params.batch,
      shape,
    });
    await around.learned({ needs });
    const lesson = { ...asked, subject, prior: others, shape, way };
    const prompt = sample || (subject.captions[0] ?? '');
    const state = await conduct(around, {
      key,
      steps,
      teach: (progress) => learnSubject(device, lesson, progress),
      sample: vae && {
        every: sampleEvery,
        draw: (learned) => sampleSubject(device, lesson, { prompt, vae }, learned),
      },
    });
    const title = subject.captions[0] ?? '';
    return { lora: { key: `${key} ${steps}`, title, layers: learnedLayers(lesson, learnedIn(state)), notes: [] } };
  },
});

/** The pictures of batches one by one. */
async function picturesIn(device: Device, latents: readonly Latent[]): Promise<Float32Array[]> {
  const all: Float32Array[] = [];
  for (const { tensor } of latents) {
    const [count = 0, ...shape] = tensor.dims;
    const size = shape.reduce((product, length) => product * length, 1);
    const data = await device.read(tensor);
    for (let i = 0; i < count; i++) all.push(data.slice(i * size, (i + 1) * size));
  }
  return all;
}

/** Pictures with their captions. */
function captioned(latents: readonly Float32Array[], captions: readonly string[], port: string, what: string) {
  if (captions.length === 0 || latents.length % captions.length !== 0) {
    throw new ProblemError({
      port,
      what: `There are ${latents.length} ${what} and ${captions.length} captions.`,
      cure: 'Write a line for each picture, or one line for all. Mirrored pictures come after the others and need none of their own.',
    });
  }
  return { latents, captions };
}

/** The class pictures, which may be a list of batches: then each batch has a caption. */
async function classOf(
  device: Device,
  { items }: Gathered<Latent>,
  texts: Gathered<string> | undefined,
  written: string,
  shape: readonly number[],
) {
  if (items.some(({ tensor }) => tensor.dims.slice(1).join() !== shape.join())) {
    throw new ProblemError({
      port: 'prior',
      what: `The class pictures are of another size than those of the subject.`,
      cure: 'Make them of the same width and height.',
    });
  }
  const latents = await picturesIn(device, items);
  const captions = texts ? texts.items : lines(written);
  const [port, what] = [texts ? 'classTexts' : 'classCaptions', 'class pictures'];
  if (items.length < 2 || captions.length !== items.length) return captioned(latents, captions, port, what);
  return captioned(
    latents,
    items.flatMap(({ tensor }, i) => Array<string>(tensor.dims[0] ?? 0).fill(captions[i] ?? '')),
    port,
    what,
  );
}
