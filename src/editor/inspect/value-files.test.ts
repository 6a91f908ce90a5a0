import { expect, test } from 'vitest';
import loadImage from '../../../nodes/image/load-image';
import loadLatent from '../../../nodes/latent/load-latent';
import loadMask from '../../../nodes/mask/load-mask';
import loadConditioning from '../../../nodes/text/load-conditioning';
import recorded from '../../../test/fixtures/inspection.json';
import type { Host } from '../../core/define-node';
import type { Device, Tensor } from '../../core/device';
import type { PlainValue } from '../../engine/recording/plain';
import { bytesInMemory } from '../../formats/bytes';
import { decodePng } from '../../formats/png';
import { openSafetensors } from '../../formats/safetensors';
import { valueIn } from '../files/value-kind';
import { fileOf, formatsOf } from './value-files';

const { files } = recorded;
const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const saved = async (...args: Parameters<typeof fileOf>) => new Uint8Array(await (await fileOf(...args)).arrayBuffer());

const generator = { seed: '42', draws: 1 };
const latent: PlainValue = {
  kind: 'latent',
  tensor: { dims: files.dims, data: Float32Array.from(files.values) },
  generator,
};

/** A device that holds what it is given; nodes that load ask for no more. */
type Held = Tensor & { readonly data: Float32Array };
const device = {
  tensor: (data: Float32Array<ArrayBuffer>, dims: readonly number[]): Held => {
    return { type: 'float32', dims, bytes: data.byteLength, place: 'host', data };
  },
} as unknown as Device;

type Loader = typeof loadLatent | typeof loadConditioning | typeof loadImage | typeof loadMask;

async function load(node: Loader, bytes: Uint8Array, params = {}) {
  const host = { open: async () => bytesInMemory(bytes) } as unknown as Host;
  const run = node.run as unknown as (args: unknown) => Promise<Readonly<Record<string, unknown>>>;
  return run({ in: {}, params: node.params.parse({ file: 'a file', ...params }), device, host });
}

const loadedLatent = async (bytes: Uint8Array, params = {}) =>
  (await load(loadLatent, bytes, params)).latent as { tensor: Held; generator?: unknown };

test('a latent is saved byte for byte as numpy saves it, and as safetensors with what the library writes', async () => {
  expect(await saved(latent, 'npy')).toEqual(bytesOf(files.npy));
  expect(await saved({ kind: 'number', value: 7.5 }, 'npy')).toEqual(bytesOf(files.scalar));
  const [ours, theirs] = [await saved(latent, 'safetensors'), bytesOf(files.latent_tensor)].map((bytes) =>
    openSafetensors(bytesInMemory(bytes)),
  );
  expect([...(ours?.tensors.keys() ?? [])]).toEqual([...(theirs?.tensors.keys() ?? [])]);
  expect(ours?.tensors.get('latent_tensor')?.shape).toEqual(theirs?.tensors.get('latent_tensor')?.shape);
  expect(ours?.readBytes('latent_tensor')).toEqual(theirs?.readBytes('latent_tensor'));
  expect(ours?.metadata).toMatchObject({ ...theirs?.metadata, kind: 'latent' });
});

test('latents of numpy, of torch and of both versions of ComfyUI are loaded with the numbers that they stand for', async () => {
  for (const name of ['npy', 'latent_tensor', 'comfyui', 'comfyui before', 'half precision'] as const) {
    const { tensor } = await loadedLatent(bytesOf(files[name]));
    expect(tensor.dims).toEqual(files.dims);
    for (const [i, value] of tensor.data.entries())
      expect(Math.abs(value - (files.values[i] as number))).toBeLessThan(name === 'half precision' ? 2e-3 : 1e-6);
  }
  expect((await loadedLatent(bytesOf(files['one of three dimensions']))).tensor.dims).toEqual([
    1,
    ...files.dims.slice(1),
  ]);
  const scaled = await loadedLatent(bytesOf(files.npy), { scaled: 'no' });
  expect(scaled.tensor.data[0]).toBeCloseTo(0.18215 * (files.values[0] as number), 6);
});

test('what was saved comes back as it was, with the place in its stream of random numbers', async () => {
  const back = await loadedLatent(await saved(latent, 'safetensors'));
  expect(back.tensor.data).toEqual(latent.tensor.data);
  expect(back.generator).toEqual(generator);
  const strip = {
    chunks: [
      [
        { id: 320, text: 'a</w>', weight: 1 },
        { id: 9, text: 'cat</w>', weight: 1.1, learned: { word: '<cat>', row: 0 } },
      ],
    ],
    cut: 'off',
    unknown: ['<dog>'],
  };
  const tokens = { dims: [1, 77, 2], data: Float32Array.from(files.tokens) };
  const during = { count: 20, at: [0, 1] };
  const conditioning: PlainValue = {
    kind: 'conditioning',
    entries: [
      { tokens, strip, during },
      { tokens, strip },
    ],
  };
  const [first, second] = (await load(loadConditioning, await saved(conditioning, 'safetensors'))).conditioning as {
    tokens: Held;
    strip: unknown;
    during?: unknown;
  }[];
  expect(first).toMatchObject({ strip, during, tokens: tokens });
  expect(second?.strip).toEqual(strip);
  expect(second).not.toHaveProperty('during');
});

test('prompt embeddings of diffusers are conditioning of which the tokens are not known', async () => {
  const { conditioning } = await load(loadConditioning, bytesOf(files.prompt_embeds));
  expect(conditioning).toMatchObject([
    { tokens: { dims: [1, 77, 2], data: Float32Array.from(files.tokens) }, strip: { chunks: [] } },
  ]);
});

test('files that hold something else are refused in a sentence', async () => {
  await expect(load(loadLatent, bytesOf(files.two))).rejects.toThrow('2 tensors that could be the latent');
  await expect(load(loadLatent, bytesOf(files.none))).rejects.toThrow('no latent [n, c, h, w], but "a" [3]');
  await expect(load(loadConditioning, bytesOf(files['two prompts']))).rejects.toThrow('2 prompts at once');
  await expect(load(loadConditioning, bytesOf(files.none))).rejects.toThrow('no conditioning');
});

test('a picture is saved with its colours, a mask as grey, and every value as what can hold it', async () => {
  const data = Float32Array.of(0, 1, 0.5, 0.25, 1, 0);
  const picture: PlainValue = { kind: 'image', tensor: { dims: [1, 3, 1, 2], data } };
  const decoded = decodePng(await saved(picture, 'png'));
  expect([...decoded.data].map((value) => Math.round(255 * value))).toEqual([0, 255, 128, 64, 255, 0]);
  const mask: PlainValue = { kind: 'mask', tensor: { dims: [2, 1, 1, 2], data: data.slice(0, 4) } };
  expect([...decodePng(await saved(mask, 'png', 1)).data].map((value) => Math.round(255 * value))).toEqual([
    128, 64, 128, 64, 128, 64,
  ]);
  expect(formatsOf(picture)).toEqual(['png', 'npy', 'safetensors']);
  expect(formatsOf({ kind: 'unet', title: 'tiny' })).toEqual([]);
  expect(await (await fileOf({ kind: 'text', value: 'a fox' }, 'txt')).text()).toBe('a fox');
});

test('pictures, masks and trajectories come back from their numbers, with none of them rounded', async () => {
  const data = Float32Array.from({ length: 24 }, (_, i) => i / 23);
  const picture: PlainValue = { kind: 'image', tensor: { dims: [2, 3, 2, 2], data } };
  const mask: PlainValue = { kind: 'mask', tensor: { dims: [2, 1, 3, 4], data } };
  for (const format of ['npy', 'safetensors'] as const) {
    expect((await load(loadImage, await saved(picture, format))).image).toMatchObject({ tensor: picture.tensor });
    expect((await load(loadMask, await saved(mask, format))).mask).toMatchObject({ tensor: mask.tensor });
  }
  const latents = [0, 1, 2].map((step) => ({ dims: [1, 4, 1, 2], data: data.slice(8 * step, 8 * step + 8) }));
  const { tensor } = await loadedLatent(await saved({ kind: 'trajectory', latents }, 'safetensors'));
  expect(tensor).toMatchObject({ dims: [3, 4, 1, 2], data });
  await expect(load(loadMask, await saved(picture, 'npy'))).rejects.toThrow('no array [n, 1, h, w]');
});

test('a file that is dropped is known as the value that it holds, whoever wrote it, and a model as none', async () => {
  const named = (bytes: Uint8Array, name: string) => Object.assign(new Blob([Uint8Array.from(bytes)]), { name });
  const kindIn = async (base64: string, name: string) => (await valueIn(named(bytesOf(base64), name)))?.kind;
  expect(await kindIn(files.npy, 'a.npy')).toBe('latent');
  expect(await kindIn(files['one of three dimensions'], 'a.npy')).toBe('latent');
  expect(await valueIn(named(bytesOf(files.scalar), 'a.npy'))).toEqual({ kind: 'number', value: 7.5 });
  for (const name of ['comfyui', 'comfyui before'] as const)
    expect(await kindIn(files[name], 'a.latent')).toBe('latent');
  expect(await kindIn(files['half precision'], 'a.safetensors')).toBe('latent');
  expect(await kindIn(files.prompt_embeds, 'a.safetensors')).toBe('conditioning');
  for (const name of ['two', 'none'] as const) expect(await kindIn(files[name], 'a.safetensors')).toBeUndefined();
  const image: PlainValue = { kind: 'image', tensor: { dims: [1, 3, 1, 1], data: new Float32Array(3) } };
  const mask: PlainValue = { kind: 'mask', tensor: { dims: [1, 1, 2, 1], data: new Float32Array(2) } };
  const word: PlainValue = {
    kind: 'embedding',
    embedding: { word: '<cat>', vectors: new Float32Array(4), width: 4 } as never,
  };
  for (const [value, kind] of [
    [image, 'image'],
    [mask, 'mask'],
    [latent, 'latent'],
    [word, undefined],
  ] as const)
    for (const format of ['npy', 'safetensors'] as const) {
      const found = await valueIn(named(await saved(value, format), `a.${format}`));
      // The numbers of a learned word alone do not say that they are one.
      expect(found?.kind).toBe(value === word && format === 'npy' ? 'conditioning' : kind);
    }
});
