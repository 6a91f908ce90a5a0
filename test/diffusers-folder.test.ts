import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { openVae } from '../models/autoencoder';
import { openDiffusersFolder } from '../models/diffusers-folder';
import type { ModelFolder } from '../models/folder-files';
import { weightsOf } from '../models/safetensors-weights';
import { createNodeDevice } from '../src/engine/device/node';
import { bytesInMemory } from '../src/formats/bytes';
import { openSafetensors } from '../src/formats/safetensors';
import type { Weights } from '../src/onnx/weights';
import { expectClose } from './closeness';

const bytesOf = (path: string) => readFile(new URL(`reference/models/${path}`, import.meta.url));

/** A micro model with some files replaced, or removed where the replacement is undefined. */
function folderWith(model: string, changes: Readonly<Record<string, unknown>> = {}): ModelFolder {
  return {
    async open(path) {
      if (path in changes) {
        const change = changes[path];
        return change === undefined ? undefined : bytesInMemory(new TextEncoder().encode(JSON.stringify(change)));
      }
      const bytes = await bytesOf(`${model}/${path}`).catch(() => undefined);
      return bytes && bytesInMemory(bytes);
    },
  };
}

const opening = (model: string, changes?: Readonly<Record<string, unknown>>) =>
  openDiffusersFolder(folderWith(model, changes), { key: model, title: model });

const index = JSON.parse(new TextDecoder().decode(await bytesOf('sd1-fp32/model_index.json')));
const unet = JSON.parse(new TextDecoder().decode(await bytesOf('sd1-fp32/unet/config.json')));

test.each([
  ['no index', { 'model_index.json': undefined }, 'The model folder has no file "model_index.json".'],
  [
    'a second text encoder',
    { 'model_index.json': { ...index, text_encoder_2: ['transformers', 'CLIPTextModelWithProjection'] } },
    'text_encoder_2',
  ],
  [
    'no weights that can be read',
    { 'unet/diffusion_pytorch_model.safetensors': undefined },
    'The folder "unet" has no weights that Weft can read',
  ],
  [
    'weights of another shape',
    { 'unet/config.json': { ...unet, block_out_channels: [16, 24, 40] } },
    'The config and the weights belong to different models.',
  ],
  ['a text encoder of another width', { 'unet/config.json': { ...unet, cross_attention_dim: 64 } }, 'width 32'],
])('a folder with %s is refused with a sentence', async (_, changes, sentence) => {
  const device = await createNodeDevice();
  const run = opening('sd1-fp32', changes).then((model) =>
    model.unet.predict(device, {
      latent: device.tensor(new Float32Array(256), [1, 4, 8, 8]),
      inputScale: 1,
      timestep: 0,
      contexts: [device.tensor(new Float32Array(77 * 32), [1, 77, 32])],
    }),
  );
  await expect(run).rejects.toThrow(sentence);
});

test('a shard that is missing is named', async () => {
  const missing = 'diffusion_pytorch_model.fp16-00002-of-00003.safetensors';
  await expect(opening('inpainting-sharded', { [`unet/${missing}`]: undefined })).rejects.toThrow(missing);
});

test('shards are looked for inside their folder only', async () => {
  const path = 'unet/diffusion_pytorch_model.safetensors.index.fp16.json';
  const run = opening('inpainting-sharded', { [path]: { weight_map: { a: '../vae/weights.safetensors' } } });
  await expect(run).rejects.toThrow('weight_map');
});

test('a VAE with the attention names of old diffusers computes the same', async () => {
  const device = await createNodeDevice();
  const config = JSON.parse(new TextDecoder().decode(await bytesOf('sd1-fp32/vae/config.json')));
  const file = await bytesOf('sd1-fp32/vae/diffusion_pytorch_model.safetensors');
  const recorded = openSafetensors(bytesInMemory(await bytesOf('sd1-fp32/recorded.safetensors')));
  const vae = openVae(config, withOldNames(weightsOf([openSafetensors(bytesInMemory(file))])), {
    key: 'old',
    title: 'old',
  });
  const latent = device.tensor(recorded.read('vae.latent') as Float32Array<ArrayBuffer>, [1, 4, 8, 8]);
  expectClose(await device.read(await vae.decode(device, latent)), recorded.read('vae.decoded'), 1e-4);
});

/** The names of diffusers before 0.18, and its 1x1 convolutions where linear layers are now. */
function withOldNames(weights: Weights): Weights {
  const names = { to_q: 'query', to_k: 'key', to_v: 'value', 'to_out.0': 'proj_attn' };
  const renamed = new Map(
    [...weights.names].map((name) => {
      const entry = Object.entries(names).find(([now]) => name.includes(`attentions.0.${now}.`));
      return [entry ? name.replace(entry[0], entry[1]) : name, name];
    }),
  );
  const now = (name: string) => renamed.get(name) ?? 'no such tensor';
  return {
    names: renamed.keys(),
    shape(name) {
      const shape = weights.shape(now(name));
      return shape && now(name) !== name && shape.length === 2 ? [...shape, 1, 1] : shape;
    },
    dtype: (name) => weights.dtype(now(name)),
    read: (name) => weights.read(now(name)),
    readRows: (name, begin, end) => weights.readRows(now(name), begin, end),
  };
}
