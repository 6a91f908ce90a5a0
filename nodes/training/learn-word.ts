import { z } from 'zod';
import type { TrainerState } from '../../models/training/trainer';
import { defineNode, seed } from '../../src/core/define-node';
import { ProblemError } from '../../src/core/problem';

/** Steps after which it is kept how far a lesson is. */
const KEEP_EVERY = 25;

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
    seed: seed().default('42'),
  }),
  in: {
    encoder: { kind: 'text-encoder', help: 'The model that reads the words; the new one is for it.' },
    unet: { kind: 'unet', help: 'The model that is asked whether the word helps.' },
    latent: { kind: 'latent', help: 'The pictures to learn from, encoded, all in one batch.' },
  },
  out: { embedding: { kind: 'embedding', help: 'The learned word, for a Text encoder or to be saved.' } },
  async run({ in: { encoder, unet, latent }, params, device, host, reached }) {
    const { learnWord } = await import('../../models/training/learn-word');
    const { Interrupted } = await import('../../models/training/lesson');
    const { lessonKey } = await import('../../models/training/lesson-key');
    const { trainerStateFrom, writeTrainerState } = await import('../../models/training/trainer-file');
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
    const { steps, ...settings } = params;
    const key = await lessonKey('learn-word', [encoder.key, unet.key], { settings, captions }, latents);
    const kept = await host.notebook?.read(key);
    const earlier = kept && trainerStateFrom(kept);
    const lesson = {
      textEncoder: encoder,
      unet,
      latents,
      shape: [channels, height, width] as const,
      ...params,
      captions,
    };
    const keep = (state: TrainerState) => host.notebook?.write(key, writeTrainerState(state));
    try {
      const state = await learnWord(device, lesson, {
        from: earlier && earlier.steps <= steps ? earlier : undefined,
        keep: { every: KEEP_EVERY, write: keep },
        reached: (step) => reached(step, steps),
      });
      const [vectors = new Float32Array()] = state.parameters;
      await keep(state);
      return { embedding: { key: `${key} ${steps}`, word: params.word, vectors, width: encoder.width } };
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      await keep(error.state);
      throw error.cause;
    }
  },
});
