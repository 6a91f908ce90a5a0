import { z } from 'zod';
import { defineNode, seed } from '../../src/core/define-node';
import { sampleParameters, timestepsParameter } from '../../src/core/lesson-parameters';
import { ProblemError } from '../../src/core/problem';

const withoutWord = (caption: string, word: string) => ({
  port: 'captions',
  what: `The caption “${caption}” does not have the word ${word} in it.`,
  cure: `Write ${word} where the caption names what is to be learned.`,
});

export default defineNode({
  type: 'training/learn-word',
  version: 1,
  title: 'Learn a word',
  help: 'Textual inversion: learns a new word from a few pictures. The model stays as it is; only the word’s vectors change until the model denoises the pictures best when the caption has the word.',
  formula: 'v = argmin_v E(‖ε − ε_θ(z_t, t, c(v))‖^2)',
  symbols: {
    v: 'vectors of the word',
    argmin_v: 'the vectors for which this is least',
    E: 'mean over pictures, timesteps and noises',
    ε: 'the noise that was added',
    ε_θ: 'what the UNet answers',
    z_t: 'the encoded picture with noise',
    t: 'timestep',
    c: 'caption, encoded with the word in it',
  },
  icon: 'school',
  learns: true,
  params: z.object({
    word: z
      .string()
      .regex(/^\S{1,60}$/u, 'A word has no spaces, and up to 60 characters.')
      .default('<new>')
      .meta({ description: 'What will stand for it in prompts. Signs around it keep it apart from known words.' }),
    captions: z.string().max(20000).default('a picture in the style of <new>').meta({
      widget: 'lines',
      description:
        'What the pictures show, with the word in it: a line for each picture in their order, or one for all.',
    }),
    start: z.string().max(200).default('painting').meta({
      description: 'Known words that are near to it. Their vectors are where the new ones start.',
    }),
    vectors: z.int().min(1).max(16).default(1).meta({
      description: 'How many tokens the word takes. More hold more, and take more of a prompt’s 75.',
    }),
    steps: z.int().min(1).max(20000).default(200).meta({
      description: 'A lesson that was stopped, or is given more steps, goes on where it was.',
    }),
    rate: z.number().min(1e-6).max(1).default(0.01).meta({ step: 0.001, description: 'How far each step goes.' }),
    batch: z.int().min(1).max(32).default(4).meta({ description: 'Pictures in each step.' }),
    timesteps: timestepsParameter(),
    ...sampleParameters,
    seed: seed().default('42'),
  }),
  in: {
    encoder: { kind: 'text-encoder', help: 'The model that reads the words; the new one is for it.' },
    unet: { kind: 'unet', help: 'The model that is asked whether the word helps.' },
    latent: { kind: 'latent', help: 'The pictures to learn from, encoded, all in one batch.' },
    vae: { kind: 'vae', optional: true, help: 'For pictures on the way, drawn with what was learned so far.' },
  },
  out: { embedding: { kind: 'embedding', help: 'The learned word, for a Text encoder or to be saved.' } },
  foresee({ params: { word = '', captions = '' } }) {
    const lacking = captions
      .split('\n')
      .find((line) => line.trim() !== '' && !line.toLowerCase().includes(word.toLowerCase()));
    return lacking === undefined ? {} : { problems: [withoutWord(lacking, word)] };
  },
  async run({ in: { encoder, unet, latent, vae }, params, ...around }) {
    const { learnWord, remarksOnWord, sampleWord, wordTraining } = await import('../../models/training/learn-word');
    const { conduct } = await import('../../models/training/conduct');
    const { fitLesson } = await import('../../models/training/fit');
    const { learnedIn } = await import('../../models/training/lesson');
    const { lessonKey } = await import('../../models/training/lesson-key');
    const { device } = around;
    const [count = 0, channels = 0, height = 0, width = 0] = latent.tensor.dims;
    const captions = params.captions.split('\n').filter((line) => line.trim() !== '');
    if (captions.length === 0 || count % captions.length !== 0) {
      throw new ProblemError({
        port: 'captions',
        what: `There are ${count} pictures and ${captions.length} captions.`,
        cure: 'Write a line for each picture, or one line for all. Mirrored pictures come after the others and need none of their own.',
      });
    }
    const size = channels * height * width;
    const data = await device.read(latent.tensor);
    const latents = Array.from({ length: count }, (_, i) => data.slice(i * size, (i + 1) * size));
    const { steps, sample, sampleEvery, ...settings } = params;
    const key = await lessonKey('learn-word', [encoder.key, unet.key], { settings, captions }, latents);
    const shape = [channels, height, width] as const;
    const asked = { textEncoder: encoder, unet, ...params };
    const { way, needs } = fitLesson(device, (size) => wordTraining({ ...asked, ...size }), {
      batch: params.batch,
      shape,
    });
    await around.learned({ needs: { ...needs, remarks: remarksOnWord(asked) } });
    const lesson = { ...asked, latents, shape, way, captions };
    const prompt = sample || (captions[0] ?? '');
    const state = await conduct(around, {
      key,
      steps,
      teach: (progress) => learnWord(device, lesson, progress),
      sample: vae && {
        every: sampleEvery,
        draw: (learned) => sampleWord(device, lesson, { prompt, vae }, learned),
      },
    });
    const [vectors = new Float32Array()] = learnedIn(state);
    return { embedding: { key: `${key} ${steps}`, word: params.word, vectors, width: encoder.width } };
  },
});
