import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { type DiffusersModel, openDiffusersFolder } from '../models/diffusers-folder';
import { applyLora } from '../models/lora/apply';
import { openLora } from '../models/lora/open-lora';
import saveLora from '../nodes/models/save-lora';
import learnSubject from '../nodes/training/learn-subject';
import type { Gathered, Host, Notebook, SavedFile } from '../src/core/define-node';
import type { Device } from '../src/core/device';
import type { LessonNews } from '../src/core/lesson';
import type { Lora } from '../src/core/lora';
import { createNodeDevice } from '../src/engine/device/node';
import { bytesInMemory } from '../src/formats/bytes';
import { openTensorFile } from '../src/formats/tensor-file';
import { expectClose } from './closeness';

let device: Device;
let model: DiffusersModel;
beforeAll(async () => {
  device = await createNodeDevice();
  const folder = {
    paths: [],
    async open(path: string) {
      try {
        return bytesInMemory(await readFile(new URL(`reference/models/sd1-fp32/${path}`, import.meta.url)));
      } catch {
        return undefined;
      }
    },
  };
  model = await openDiffusersFolder(folder, { key: 'micro', title: 'Micro' });
});

const around = {
  kinds: {},
  signal: new AbortController().signal,
  title: 'Learn a subject',
  state: undefined,
  reached: async () => {},
  learned: async () => {},
};

const waves = (count: number, pitch: number) =>
  device.tensor(
    Float32Array.from({ length: count * 4 * 8 * 8 }, (_, i) => Math.sin(i * i * pitch)),
    [count, 4, 8, 8],
  );

interface Ask {
  readonly steps: number;
  readonly seed?: string;
  readonly text?: boolean;
  readonly prior?: boolean;
  readonly classWeight?: number;
  readonly notebook?: Notebook;
  readonly reached?: (done: number) => Promise<void>;
  readonly learned?: (news: LessonNews) => Promise<void>;
  /** Batches of class pictures, each with a text of its own. */
  readonly texts?: readonly string[];
  readonly draws?: boolean;
  readonly device?: Device;
}

const many = <T>(items: readonly T[]): Gathered<T> => ({ axes: [], items });

/** What is learned of three latents, beside two of the class. */
async function learn(ask: Ask): Promise<Lora> {
  const { steps, seed = '1', text = true, prior = true, notebook, reached, learned, texts, draws } = ask;
  const run = learnSubject.run as NonNullable<typeof learnSubject.run>;
  const { lora } = (await run({
    ...around,
    ...(reached && { reached }),
    ...(learned && { learned }),
    in: {
      encoder: model.textEncoder,
      unet: model.unet,
      latent: { tensor: waves(3, 0.1) },
      prior: prior ? many((texts ?? ['']).map(() => ({ tensor: waves(2, 0.07) }))) : undefined,
      classTexts: texts && many(texts),
      vae: draws ? model.vae : undefined,
    },
    params: learnSubject.params.parse({
      captions: 'a cat',
      classCaptions: 'a dog',
      rank: 2,
      steps,
      batch: 2,
      seed,
      text,
      sampleEvery: 5,
      classWeight: ask.classWeight,
    }),
    device: ask.device ?? device,
    host: { ...(notebook && { notebook }) } as unknown as Host,
  })) as { lora: Lora };
  return lora;
}

const numbers = ({ layers }: Lora): number[] =>
  layers.flatMap(({ changes }) =>
    changes.flatMap((change) => (change.kind === 'low-rank' ? [...change.down.read(), ...change.up.read()] : [])),
  );

/** What the UNet predicts with a LoRA on it. */
async function predicted(lora: Lora | undefined): Promise<Float32Array> {
  const { unet = model.unet } = lora
    ? applyLora({ unet: model.unet, encoder: undefined }, lora, { unet: 1, text: 1 })
    : {};
  const context = device.tensor(
    Float32Array.from({ length: 77 * unet.contextWidth }, (_, i) => Math.cos(i)),
    [1, 77, unet.contextWidth],
  );
  const [prediction] = await unet.predict(device, {
    latent: waves(1, 0.3),
    inputScale: 1,
    timestep: 500,
    contexts: [context],
  });
  if (!prediction) throw new Error('The UNet predicted nothing.');
  return device.read(prediction);
}

test('the same seed learns the same, another seed another, and class pictures and the text encoder count', async () => {
  const first = numbers(await learn({ steps: 3 }));
  expect(numbers(await learn({ steps: 3 }))).toEqual(first);
  expect(numbers(await learn({ steps: 3, seed: '2' }))).not.toEqual(first);
  expect(numbers(await learn({ steps: 3, prior: false }))).not.toEqual(first);
  const unetOnly = await learn({ steps: 3, text: false });
  expect(unetOnly.layers.every(({ part }) => part === 'unet')).toBe(true);
  expect(numbers(unetOnly).length).toBeLessThan(first.length);
});

test('class pictures count by their weight: by none it learns as if there were none', async () => {
  const without = numbers(await learn({ steps: 3, prior: false, text: false }));
  const unweighted = numbers(await learn({ steps: 3, classWeight: 0, text: false }));
  // Half the gradient makes the same steps, but for Adam's epsilon.
  expectClose(Float32Array.from(unweighted), Float32Array.from(without), 1e-3);
  const few = numbers(await learn({ steps: 3, classWeight: 0.5, text: false }));
  expect(few).not.toEqual(numbers(await learn({ steps: 3, text: false })));
});

test('a lesson that was stopped goes on where it was, and ends as if it had not been', async () => {
  const pages = new Map<string, Uint8Array<ArrayBuffer>>();
  const notebook: Notebook = {
    read: async (key) => pages.get(key),
    write: async (key, bytes) => !!pages.set(key, bytes),
  };
  const stopped = new Error('stopped');
  const stopAtSecond = async (done: number) => {
    if (done === 2) throw stopped;
  };
  await expect(learn({ steps: 4, notebook, reached: stopAtSecond })).rejects.toBe(stopped);
  const done: number[] = [];
  const resumed = await learn({ steps: 4, notebook, reached: async (step) => void done.push(step) });
  expect(done).toEqual([3, 4]);
  expect(numbers(resumed)).toEqual(numbers(await learn({ steps: 4 })));
});

test('what was learned changes the model, and does the same when it was saved and loaded', async () => {
  const lora = await learn({ steps: 5 });
  const saved: SavedFile[] = [];
  const run = saveLora.run as NonNullable<typeof saveLora.run>;
  const host = { save: async (file: SavedFile) => void saved.push(file) } as unknown as Host;
  await run({ ...around, in: { lora }, params: saveLora.params.parse({ name: 'cat' }), device, host });
  expect(saved[0]?.name).toBe('cat.safetensors');
  const loaded = openLora(openTensorFile(bytesInMemory(saved[0]?.bytes as Uint8Array)), { key: 'cat', title: 'cat' });
  expect(loaded.notes).toEqual([]);
  const [before, learned, again] = [await predicted(undefined), await predicted(lora), await predicted(loaded)];
  expect(again).toEqual(learned);
  expect(learned).not.toEqual(before);
  expect(loaded.layers.map(({ name }) => name)).toContain('lora_te_text_model_encoder_layers_0_self_attn_q_proj');
});

test('captions that do not fit the pictures are refused in words', async () => {
  const run = learnSubject.run as NonNullable<typeof learnSubject.run>;
  const asked = run({
    ...around,
    in: { encoder: model.textEncoder, unet: model.unet, latent: { tensor: waves(3, 0.1) } },
    params: learnSubject.params.parse({ captions: 'a cat\na dog', steps: 1 }),
    device,
    host: {} as unknown as Host,
  } as unknown as Parameters<typeof run>[0]);
  await expect(asked).rejects.toThrow('3 pictures and 2 captions');
});

test('class pictures of several prompts come as a list, each with its own text', async () => {
  const first = numbers(await learn({ steps: 3, texts: ['a dog', 'a house'] }));
  expect(numbers(await learn({ steps: 3, texts: ['a dog', 'a house'] }))).toEqual(first);
  expect(numbers(await learn({ steps: 3, texts: ['a house', 'a dog'] }))).not.toEqual(first);
  await expect(learn({ steps: 1, texts: [] })).rejects.toThrow('0 class pictures and 0 captions');
});

test('a lesson tells what it needs, each loss once, and what it draws on the way, also when it goes on', async () => {
  const pages = new Map<string, Uint8Array<ArrayBuffer>>();
  const notebook: Notebook = {
    read: async (key) => pages.get(key),
    write: async (key, bytes) => !!pages.set(key, bytes),
  };
  const told = async (ask: Omit<Ask, 'steps'>) => {
    const news: LessonNews[] = [];
    const seen: (readonly number[])[] = [];
    const learned = async (one: LessonNews) => {
      news.push(one);
      if (one.sample) seen.push([one.sample.step, ...(await device.read(one.sample.image.tensor)).slice(0, 50)]);
    };
    await learn({ steps: 7, draws: true, learned, ...ask }).catch(() => {});
    const losses: number[] = [];
    for (const { losses: some } of news) if (some) losses.splice(some.at, losses.length, ...some.values);
    return { needs: news[0]?.needs, losses, seen };
  };
  const whole = await told({});
  expect(whole.needs?.bytes).toBeGreaterThan(1e5);
  expect(whole.needs?.how).toBe('');
  expect(whole.losses).toHaveLength(7);
  expect(whole.seen.map(([step]) => step)).toEqual([5, 7]);
  expect(whole.seen.flat().every(Number.isFinite)).toBe(true);
  const stopAtSixth = async (done: number) => {
    if (done === 6) throw new Error('stopped');
  };
  expect((await told({ notebook, reached: stopAtSixth })).losses).toHaveLength(6);
  const resumed = await told({ notebook });
  expect(resumed.losses.map(Math.fround)).toEqual(whole.losses.map(Math.fround));
  expect(resumed.seen).toEqual(whole.seen.slice(1));
});

test('what does not fit the device is refused before it starts, with what would fit', async () => {
  const limited = (all: number) =>
    new Proxy(device, {
      get(target, name) {
        if (name === 'limits') return { all, convolutionsTwice: false };
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  await expect(learn({ steps: 1, device: limited(1000) })).rejects.toMatchObject({
    problem: { what: expect.stringContaining('This does not fit: a step takes at least'), cure: expect.any(String) },
  });
  const needs: LessonNews[] = [];
  const learned = async (news: LessonNews) => void needs.push(news);
  await learn({ steps: 1, learned });
  const bytes = needs[0]?.needs?.bytes ?? 0;
  const tight = numbers(await learn({ steps: 2, learned, device: limited(bytes - 1) }));
  expect(needs.findLast(({ needs: some }) => some)?.needs?.how).not.toBe('');
  for (const [i, value] of numbers(await learn({ steps: 2 })).entries()) expect(tight[i]).toBeCloseTo(value, 4);
});
