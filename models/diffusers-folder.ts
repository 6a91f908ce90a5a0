import { z } from 'zod';
import type { ByteSource } from '../src/core/device';
import type { TextEncoder as PromptEncoder, UNet, Vae } from '../src/core/values';
import { openSafetensors } from '../src/formats/safetensors';
import type { GraphOptions } from '../src/onnx/graph';
import type { Weights } from '../src/onnx/weights';
import { openVae } from './autoencoder';
import { openClipText } from './clip-text';
import { parseConfig } from './config';
import { weightsOf } from './safetensors-weights';
import { parseSchedulerConfig } from './scheduler-config';
import { assembleTextEncoder } from './text-encoder';
import { createTokenizer, type TokenizerFiles } from './tokenizer';
import { openUNet } from './unet';

/** The files of a model as diffusers' `save_pretrained` writes them, wherever they are kept. */
export interface ModelFolder {
  /** Undefined when there is no such file. Paths are relative: `unet/config.json`. */
  open(path: string): Promise<ByteSource | undefined>;
}

export interface DiffusersModel {
  readonly textEncoder: PromptEncoder;
  readonly unet: UNet;
  readonly vae: Vae;
}

const component = (name: string) => z.tuple([z.string().nullable(), z.literal(name)]);
const absent = z.union([z.null(), z.tuple([z.null(), z.null()])]).optional();

/** The classes that make a Stable Diffusion 1.x or 2.x pipeline; its other parts (safety checker ...) are not used. */
const indexSchema = z.object({
  text_encoder: component('CLIPTextModel'),
  unet: component('UNet2DConditionModel'),
  vae: component('AutoencoderKL'),
  text_encoder_2: absent,
  image_encoder: absent,
});

const shardsSchema = z.object({ weight_map: z.record(z.string(), z.string().regex(/^[^/\\]+\.safetensors$/)) });

/**
 * Opens a Stable Diffusion 1.x or 2.x model. Only headers and small files are read; weights are read when a session is made.
 * `key` is a content key of the whole folder.
 */
export async function openDiffusersFolder(
  folder: ModelFolder,
  { key, title, graph }: { readonly key: string; readonly title: string; readonly graph?: GraphOptions },
): Promise<DiffusersModel> {
  parseConfig(indexSchema, await readJson(folder, 'model_index.json'), 'model_index.json');
  const options = (part: string) => ({ key: `${key}/${part}`, title, ...(graph && { graph }) });

  const schedule = parseSchedulerConfig(await readJson(folder, 'scheduler/scheduler_config.json'));
  const text = openClipText(
    await readJson(folder, 'text_encoder/config.json'),
    await openWeights(folder, 'text_encoder', 'model'),
    options('text_encoder'),
  );
  const unet = openUNet(
    await readJson(folder, 'unet/config.json'),
    await openWeights(folder, 'unet', 'diffusion_pytorch_model'),
    { ...options('unet'), ...schedule },
  );
  const vae = openVae(
    await readJson(folder, 'vae/config.json'),
    await openWeights(folder, 'vae', 'diffusion_pytorch_model'),
    options('vae'),
  );
  const tokenizer = createTokenizer(await readTokenizer(folder), { maxLength: text.length });
  if (text.width !== unet.contextWidth) {
    throw new Error(
      `The text encoder gives conditioning of width ${text.width}, but the UNet takes ${unet.contextWidth}; ` +
        'the parts of this folder belong to different models.',
    );
  }
  return { textEncoder: assembleTextEncoder(tokenizer, text, options('text_encoder')), unet, vae };
}

async function readText(folder: ModelFolder, path: string): Promise<string | undefined> {
  const source = await folder.open(path);
  return source && new TextDecoder().decode(source.read(0, source.size));
}

async function readJson(folder: ModelFolder, path: string): Promise<unknown> {
  const text = await readText(folder, path);
  if (text === undefined) throw new Error(`The model folder has no file "${path}".`);
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`The file "${path}" is not JSON.`);
  }
}

async function readTokenizer(folder: ModelFolder): Promise<TokenizerFiles> {
  const specialTokens =
    (await readText(folder, 'tokenizer/special_tokens_map.json')) ??
    (await readText(folder, 'tokenizer/tokenizer_config.json'));
  const vocab = await readText(folder, 'tokenizer/vocab.json');
  const merges = await readText(folder, 'tokenizer/merges.txt');
  if (vocab !== undefined && merges !== undefined) return { vocab, merges, specialTokens };
  const tokenizerJson = await readText(folder, 'tokenizer/tokenizer.json');
  if (tokenizerJson !== undefined) return { tokenizerJson, specialTokens };
  throw new Error(
    'The model folder has neither "tokenizer/vocab.json" with "merges.txt" nor "tokenizer/tokenizer.json".',
  );
}

/** One file or shards, in full precision before the `fp16` variant. */
async function openWeights(folder: ModelFolder, part: string, base: string): Promise<Weights> {
  for (const file of [`${base}.safetensors`, `${base}.fp16.safetensors`]) {
    const source = await folder.open(`${part}/${file}`);
    if (source) return weightsOf([openSafetensors(source)]);
    for (const index of indexNames(file)) {
      if (await folder.open(`${part}/${index}`)) return openShards(folder, part, index);
    }
  }
  throw new Error(
    `The folder "${part}" has no weights that Weft can read: "${base}.safetensors", its fp16 variant, or either in shards. ` +
      'Files that end in .bin are not read.',
  );
}

/** Libraries put the variant before or after `safetensors.index`. */
function indexNames(file: string): string[] {
  return file.includes('.fp16.')
    ? [`${file}.index.json`, `${file.replace('.fp16.', '.')}.index.fp16.json`]
    : [`${file}.index.json`];
}

async function openShards(folder: ModelFolder, part: string, index: string): Promise<Weights> {
  const { weight_map } = parseConfig(shardsSchema, await readJson(folder, `${part}/${index}`), `${part}/${index}`);
  const files = [...new Set(Object.values(weight_map))].map(async (name) => {
    const source = await folder.open(`${part}/${name}`);
    if (!source) throw new Error(`"${part}/${index}" names the shard "${name}", which the folder does not have.`);
    return openSafetensors(source);
  });
  return weightsOf(await Promise.all(files));
}
