import { z } from 'zod';
import type { TrainerState } from '../../models/training/trainer';
import { defineNode, seed } from '../../src/core/define-node';
import type { Device } from '../../src/core/device';
import { ProblemError } from '../../src/core/problem';
import type { Latent } from '../../src/core/values';

/** Steps after which it is kept how far a lesson is. */
const KEEP_EVERY = 25;

const lines = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

export default defineNode({
  type: 'training/learn-subject',
  version: 1,
  title: 'Learn a subject',
  help: 'DreamBooth with a LoRA: learns a thing, a person or an animal from a few pictures of it. The model stays as it is; what is learned is a small LoRA beside it.',
  formula: 'L = E(‖ε − ε_θ(z_t, t, c)‖^2) + E(‖ε − ε_θ(y_t, t, d)‖^2)',
  symbols: {
    L: 'what is made as small as can be',
    E: 'mean over pictures, timesteps and noises',
    ε: 'the noise that was added',
    ε_θ: 'what the UNet with the LoRA answers',
    z_t: 'a picture of the subject, encoded, with noise',
    y_t: 'a picture of its class, encoded, with noise; without class pictures this part is left out',
    t: 'timestep',
    c: 'caption of the subject',
    d: 'caption of the class',
  },
  icon: 'school',
  params: z.object({
    captions: z.string().max(20000).default('sks flower').meta({
      widget: 'lines',
      description:
        'What the pictures show, with a rare word and what kind of thing it is, such as “sks dog”: a line for each picture, or one for all.',
    }),
    classCaptions: z.string().max(20000).default('flower').meta({
      widget: 'lines',
      description: 'What the class pictures show, without the rare word: a line for each, or one for all.',
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
    seed: seed().default('42'),
  }),
  in: {
    encoder: { kind: 'text-encoder', help: 'The model that reads the captions.' },
    unet: { kind: 'unet', help: 'The model that learns.' },
    latent: { kind: 'latent', help: 'The pictures of the subject, encoded, all in one batch.' },
    prior: {
      kind: 'latent',
      optional: true,
      help: 'Pictures of its class, best those that the model makes itself: they keep it from forgetting what others look like.',
    },
  },
  out: { lora: { kind: 'lora', help: 'What was learned, for Apply LoRA or to be saved.' } },
  async run({ in: { encoder, unet, latent, prior }, params, device, host, reached }) {
    const { learnedLayers, learnSubject } = await import('../../models/training/learn-subject');
    const { Interrupted } = await import('../../models/training/lesson');
    const { lessonKey } = await import('../../models/training/lesson-key');
    const { trainerStateFrom, writeTrainerState } = await import('../../models/training/trainer-file');
    const [, ...shape] = latent.tensor.dims as [number, number, number, number];
    const subject = await captioned(device, latent, params.captions, 'captions', 'pictures');
    const others = prior && (await captioned(device, prior, params.classCaptions, 'classCaptions', 'class pictures'));
    if (prior && prior.tensor.dims.slice(1).join() !== shape.join()) {
      throw new ProblemError({
        port: 'prior',
        what: `The class pictures are of another size than those of the subject.`,
        cure: 'Make them of the same width and height.',
      });
    }
    const { steps, captions: _, classCaptions: __, ...settings } = params;
    const key = await lessonKey(
      'learn-subject',
      [encoder.key, unet.key],
      { settings, subject: subject.captions, class: others?.captions },
      [...subject.latents, ...(others?.latents ?? [])],
    );
    const kept = await host.notebook?.read(key);
    const earlier = kept && trainerStateFrom(kept);
    const lesson = { textEncoder: encoder, unet, subject, prior: others, shape, ...params };
    const keep = (state: TrainerState) => host.notebook?.write(key, writeTrainerState(state));
    try {
      const state = await learnSubject(device, lesson, {
        from: earlier && earlier.steps <= steps ? earlier : undefined,
        keep: { every: KEEP_EVERY, write: keep },
        reached: (step) => reached(step, steps),
      });
      await keep(state);
      const title = subject.captions[0] ?? '';
      return { lora: { key: `${key} ${steps}`, title, layers: learnedLayers(lesson, state), notes: [] } };
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      await keep(error.state);
      throw error.cause;
    }
  },
});

/** The pictures of a batch one by one, with their captions. */
async function captioned(device: Device, { tensor }: Latent, text: string, port: string, what: string) {
  const [count = 0, ...shape] = tensor.dims;
  const captions = lines(text);
  if (captions.length === 0 || count % captions.length !== 0) {
    throw new ProblemError({
      port,
      what: `There are ${count} ${what} and ${captions.length} captions.`,
      cure: 'Write a line for each picture, or one line for all. Mirrored pictures come after the others and need none of their own.',
    });
  }
  const size = shape.reduce((product, length) => product * length, 1);
  const data = await device.read(tensor);
  return { captions, latents: Array.from({ length: count }, (_, i) => data.slice(i * size, (i + 1) * size)) };
}
