import { createHash } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { vocabularyOf } from '../models/clip-vocabulary';
import { openModel } from '../models/open-model';
import { withModel } from '../src/cli/graph-file';
import { terminalHost } from '../src/cli/host';
import type { Folder } from '../src/core/define-node';
import type { Document } from '../src/core/document';
import { createNodeDevice } from '../src/engine/device/node';
import {
  bytesOf,
  type Checkpoint,
  checkpoints,
  diffusersFolder,
  folderOf,
  partOf,
  safetensorsOf,
  tensorsOf,
  vocabularyFolder,
  type Window,
} from './checkpoint-files';
import { checkpointHost, expectPicture, graphOfCheckpoint, singleFile, testCheckpoints } from './checkpoints';
import { readReference } from './reference.node';

const names = Object.keys(checkpoints);
const vocabulary = () => vocabularyFolder(readReference);

test.each(names)('the file that the test writes is the one that diffusers read: %s', (name) => {
  const checkpoint = checkpoints[name] as (typeof checkpoints)[string];
  const tensors = tensorsOf(checkpoint);
  const hash = createHash('sha256');
  for (const key of [...tensors.keys()].sort()) hash.update(key).update(bytesOf(tensors.get(key) as Window, 'F16'));
  expect(hash.digest('hex')).toBe(checkpoint.sha256);
});

testCheckpoints(createNodeDevice, readReference, names);

test.each(names)('what a single file is and predicts is found: %s', async (name) => {
  const { family, prediction } = checkpoints[name] as (typeof checkpoints)[string];
  const { identity, unet, textEncoder, vae } = await openModel(singleFile(name), { vocabulary });
  expect(identity.kind).toBe('checkpoint');
  expect(identity.family).toBe(family);
  expect(identity.sentence.includes('for inpainting')).toBe(name.includes('inpainting'));
  expect(unet?.predictionType).toBe(prediction);
  expect(unet?.noiseSchedule.rescaleBetasZeroSnr ?? false).toBe(name === 'sd1 velocity to pure noise');
  expect([textEncoder?.width, vae?.latentChannels]).toEqual([unet?.contextWidth, 4]);
});

const merges = gunzipSync(
  (await readReference('../../models/clip-vocabulary/model/merges.bin')) as Uint8Array,
).toString();
const tokens = vocabularyOf(merges.split('\n'));
const sd1 = checkpoints.sd1 as Checkpoint;

const torchFile = async (file: string) =>
  folderOf(file, { file: (await readReference(`checkpoints/${file}`)) as Uint8Array });

/** Two shards of a part and their index. */
function shards(part: string, base: string): Record<string, Uint8Array> {
  const tensors = [...partOf(sd1, part)];
  const half = Math.ceil(tensors.length / 2);
  const names = [1, 2].map((i) => `${base}-0000${i}-of-00002.safetensors`) as [string, string];
  const index = { weight_map: Object.fromEntries(tensors.map(([name], i) => [name, names[i < half ? 0 : 1]])) };
  return {
    [`${base}.safetensors.index.json`]: new TextEncoder().encode(JSON.stringify(index)),
    [names[0]]: safetensorsOf(new Map(tensors.slice(0, half))),
    [names[1]]: safetensorsOf(new Map(tensors.slice(half))),
  };
}

const folder = (name: string, weights: Parameters<typeof diffusersFolder>[3]) =>
  diffusersFolder(name, merges, tokens, weights);

const FORMS: readonly (readonly [string, string, () => Promise<Folder> | Folder])[] = [
  ['a file in full precision', 'sd1', () => folderOf('f32', { x: safetensorsOf(tensorsOf(sd1), 'F32') })],
  [
    'a file from before CLIP’s names had text_model',
    'sd1',
    () => {
      const older = [...tensorsOf(sd1)].map(([name, window]) => [name.replace('.text_model.', '.'), window] as const);
      return folderOf('older', { x: safetensorsOf(new Map(older)) });
    },
  ],
  ['a .ckpt', 'sd1', () => torchFile('sd1.ckpt')],
  ['a .ckpt from before torch 1.6', 'sd1', () => torchFile('sd1-legacy.ckpt')],
  [
    'a diffusers folder',
    'sd1',
    () => folder('sd1', (part, base) => ({ [`${base}.safetensors`]: safetensorsOf(partOf(sd1, part), 'F32') })),
  ],
  [
    'the fp16 variant of a diffusers folder',
    'sd1',
    () => folder('sd1', (part, base) => ({ [`${base}.fp16.safetensors`]: safetensorsOf(partOf(sd1, part)) })),
  ],
  ['a diffusers folder in shards', 'sd1', () => folder('sd1', shards)],
  [
    'a diffusers folder of .bin files',
    'sd1',
    async () => {
      const file = (part: string) => (part === 'text_encoder' ? 'pytorch_model.bin' : 'diffusion_pytorch_model.bin');
      const parts = ['unet', 'vae', 'text_encoder'];
      const read = parts.map((part) => readReference(`checkpoints/sd1-${part}-${file(part)}`));
      const bytes = (await Promise.all(read)) as Uint8Array[];
      return folder('sd1', (part) => ({ [file(part)]: bytes[parts.indexOf(part)] as Uint8Array }));
    },
  ],
  [
    'a diffusers folder of SD 2',
    'sd2',
    () =>
      folder('sd2', (part, base) => ({
        [`${base}.safetensors`]: safetensorsOf(partOf(checkpoints.sd2 as Checkpoint, part)),
      })),
  ],
];

describe('the same model in another form makes the same picture:', () => {
  const device = createNodeDevice();
  const draw = async (name: string, folders: Readonly<Record<string, Folder>>, document?: Document) => {
    await expectPicture(await device, readReference, name, await checkpointHost(readReference, folders), document);
    await (await device).release();
  };

  test.each(FORMS)('%s', async (_, name, form) => {
    await draw(name, { [name]: await form() });
  });

  /** The graph with a loader for each part in place of the checkpoint. */
  const inParts: Document = (() => {
    const { nodes, wires, ...rest } = graphOfCheckpoint('sd1');
    const part = (id: string, type: string) => ({
      id,
      type,
      version: 1,
      at: [0, 0] as [number, number],
      params: { model: id },
    });
    const loaders = [part('encoder', 'models/text-encoder'), part('unet', 'models/unet'), part('vae', 'models/vae')];
    const moved = wires.map(({ from, to }) => ({
      from: from[0] === 'checkpoint' ? ([from[1], from[1]] as [string, string]) : from,
      to,
    }));
    return { ...rest, nodes: [...nodes.filter(({ id }) => id !== 'checkpoint'), ...loaders], wires: moved };
  })();

  test('three files in the names of diffusers, one for each part', async () => {
    const file = (part: string) => folderOf(part, { x: safetensorsOf(partOf(sd1, part)) });
    const folders = { encoder: file('text_encoder'), unet: file('unet'), vae: file('vae') };
    await draw('sd1', folders, inParts);
  });

  test('a UNet and a text encoder in the names of the original code, and a VAE for A1111 as .pt', async () => {
    const file = (prefix: string) => {
      const own = [...tensorsOf(sd1)].filter(([name]) => name.startsWith(prefix));
      return folderOf(prefix, {
        x: safetensorsOf(new Map(own.map(([name, window]) => [name.slice(prefix.length), window]))),
      });
    };
    const encoder = file('cond_stage_model.transformer.');
    const folders = { encoder, unet: file('model.diffusion_model.'), vae: await torchFile('sd1-vae.pt') };
    await draw('sd1', folders, inParts);
  });
});

test('the terminal opens a file by its path, with the vocabulary that the program brings', async () => {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const program = path.dirname(here);
  const host = terminalHost({ beside: path.join(here, 'reference'), out: here, document: '', program });
  const document = withModel(graphOfCheckpoint('sd1'), 'checkpoints/sd1.ckpt');
  const device = await createNodeDevice();
  await expectPicture(device, readReference, 'sd1', host, document);
  await device.release();
});

test('what a file does not have is said, and by which nodes its parts are loaded', async () => {
  const own = [...tensorsOf(sd1)].filter(([name]) => !name.startsWith('cond_stage_model.'));
  const opened = await openModel(folderOf('x', { x: safetensorsOf(new Map(own)) }), { vocabulary });
  expect(opened.identity.sentence).toBe('A Stable Diffusion 1 checkpoint, without a text encoder.');
  expect(opened.textEncoder).toBeUndefined();
});

test.each([
  [{ 'modelspec.prediction_type': 'v' }, 'v_prediction'],
  [{ 'modelspec.prediction_type': 'epsilon' }, 'epsilon'],
  [{ 'modelspec.architecture': 'stable-diffusion-v2-768-v' }, 'v_prediction'],
] as const)('metadata %o says what a UNet predicts', async (metadata, prediction) => {
  const bytes = safetensorsOf(tensorsOf(checkpoints.sd2 as Checkpoint), 'F16', metadata);
  const { unet } = await openModel(folderOf('x', { x: bytes }), { vocabulary });
  expect(unet?.predictionType).toBe(prediction);
  const chosen = await openModel(folderOf('x', { x: bytes }), { vocabulary, prediction: 'v_prediction' });
  expect(chosen.unet?.predictionType).toBe('v_prediction');
});
