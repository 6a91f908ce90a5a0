import { z } from 'zod';
import type { TextEncoder as PromptEncoder, UNet, Vae } from '../src/core/values';
import { openTensorFile } from '../src/formats/tensor-file';
import type { GraphOptions } from '../src/onnx/graph';
import type { Weights } from '../src/onnx/weights';
import { openVae } from './autoencoder';
import { openClipText } from './clip-text';
import { parseConfig } from './config';
import { type ModelFolder, readJson, readText } from './folder-files';
import { FAMILY_NAMES, type Identity, type ModelFamily, unsupported } from './identity';
import { weightsOf } from './safetensors-weights';
import { parseSchedulerConfig } from './scheduler-config';
import { assembleTextEncoder } from './text-encoder';
import { createTokenizer, type TokenizerFiles } from './tokenizer';
import { openUNet } from './unet';

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

const shardsSchema = z.object({ weight_map: z.record(z.string(), z.string().regex(/^[^/\\]+\.(safetensors|bin)$/)) });

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
    await openWeights(folder, 'text_encoder', 'model', 'pytorch_model'),
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

/** The tokenizer beside a text encoder, in either of the layouts of transformers. */
export async function readTokenizer(folder: ModelFolder): Promise<TokenizerFiles> {
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

/**
 * The weights of a part: one file or shards, in full precision before the `fp16` variant, safetensors before torch's own
 * format. `base` is the name of the file without its ending, `torchBase` the one that it has in torch's format.
 */
export async function openWeights(
  folder: ModelFolder,
  part: string,
  base: string,
  torchBase: string = base,
): Promise<Weights> {
  const at = (file: string) => (part === '' ? file : `${part}/${file}`);
  for (const [stem, ending] of [
    [base, 'safetensors'],
    [`${base}.fp16`, 'safetensors'],
    [torchBase, 'bin'],
    [`${torchBase}.fp16`, 'bin'],
  ] as const) {
    const source = await folder.open(at(`${stem}.${ending}`));
    if (source) return weightsOf([openTensorFile(source)]);
    for (const index of indexNames(stem, ending)) {
      if (await folder.open(at(index))) return openShards(folder, at, index);
    }
  }
  throw new Error(
    `The folder "${part}" has no weights that Weft can read: "${base}.safetensors" or "${torchBase}.bin", their fp16 ` +
      'variant, or either in shards.',
  );
}

/** Libraries put the variant before or after `safetensors.index`. */
function indexNames(stem: string, ending: string): string[] {
  const index = `${stem}.${ending}.index.json`;
  return stem.endsWith('.fp16') ? [index, `${stem.slice(0, -5)}.${ending}.index.fp16.json`] : [index];
}

async function openShards(folder: ModelFolder, at: (file: string) => string, index: string): Promise<Weights> {
  const { weight_map } = parseConfig(shardsSchema, await readJson(folder, at(index)), at(index));
  const files = [...new Set(Object.values(weight_map))].map(async (name) => {
    const source = await folder.open(at(name));
    if (!source) throw new Error(`"${at(index)}" names the shard "${name}", which the folder does not have.`);
    return openTensorFile(source);
  });
  return weightsOf(await Promise.all(files));
}

const PIPELINES: readonly (readonly [RegExp, string, ModelFamily])[] = [
  [/XL/, 'an SDXL model', 'sdxl'],
  [/StableDiffusion3/, 'a Stable Diffusion 3 model', 'sd3'],
  [/Flux/, 'a Flux model', 'flux'],
  [/PixArt/, 'a PixArt model', 'pixart'],
];

/** What a folder that `save_pretrained` wrote is, by its model_index.json and the config of its UNet. */
export async function identifyDiffusersFolder(folder: ModelFolder): Promise<Identity> {
  const index = (await readJson(folder, 'model_index.json')) as Record<string, unknown> | null;
  const pipeline = typeof index?._class_name === 'string' ? index._class_name : '';
  const foreign = PIPELINES.find(([pattern]) => pattern.test(pipeline));
  if (foreign) return unsupported(foreign[1], foreign[2]);
  if (!indexSchema.safeParse(index).success)
    return unsupported(`a model for diffusers’ ${pipeline.slice(0, 80)}`, 'other');
  const unet = (await readJson(folder, 'unet/config.json')) as Record<string, unknown> | null;
  const family = unet?.cross_attention_dim === 1024 || unet?.use_linear_projection === true ? 'sd2' : 'sd1';
  const inpainting = unet?.in_channels === 9 ? ' for inpainting' : '';
  return { kind: 'checkpoint', family, sentence: `A ${FAMILY_NAMES[family]} checkpoint${inpainting}.` };
}
