import { expect, test } from 'vitest';
import loadLatent from '../../../nodes/latent/load-latent';
import loadConditioning from '../../../nodes/text/load-conditioning';
import recorded from '../../../test/fixtures/inspection.json';
import type { Host } from '../../core/define-node';
import type { Device, Tensor } from '../../core/device';
import type { PlainValue } from '../../engine/recording/plain';
import { bytesInMemory } from '../../formats/bytes';
import { decodePng } from '../../formats/png';
import { openSafetensors } from '../../formats/safetensors';
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

async function load(node: typeof loadLatent | typeof loadConditioning, bytes: Uint8Array, params = {}) {
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
