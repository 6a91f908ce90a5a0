import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { type DiffusersModel, openDiffusersFolder } from '../models/diffusers-folder';
import { applyLora } from '../models/lora/apply';
import { openLora } from '../models/lora/open-lora';
import saveLora from '../nodes/models/save-lora';
import learnSubject from '../nodes/training/learn-subject';
import type { Host, Notebook, SavedFile } from '../src/core/define-node';
import type { Device } from '../src/core/device';
import type { Lora } from '../src/core/lora';
import { createNodeDevice } from '../src/engine/device/node';
import { bytesInMemory } from '../src/formats/bytes';
import { openTensorFile } from '../src/formats/tensor-file';

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
  readonly notebook?: Notebook;
  readonly reached?: (done: number) => Promise<void>;
}

/** What is learned of three latents, beside two of the class. */
async function learn({ steps, seed = '1', text = true, prior = true, notebook, reached }: Ask): Promise<Lora> {
  const run = learnSubject.run as NonNullable<typeof learnSubject.run>;
  const { lora } = (await run({
    ...around,
    ...(reached && { reached }),
    in: {
      encoder: model.textEncoder,
      unet: model.unet,
      latent: { tensor: waves(3, 0.1) },
      prior: prior ? { tensor: waves(2, 0.07) } : undefined,
    },
    params: learnSubject.params.parse({
      captions: 'a cat',
      classCaptions: 'a dog',
      rank: 2,
      steps,
      batch: 2,
      seed,
      text,
    }),
    device,
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

test('a lesson that was stopped goes on where it was, and ends as if it had not been', async () => {
  const pages = new Map<string, Uint8Array<ArrayBuffer>>();
  const notebook: Notebook = {
    read: async (key) => pages.get(key),
    write: async (key, bytes) => void pages.set(key, bytes),
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
