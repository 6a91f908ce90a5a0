import { openVae } from './autoencoder';
import { openClipText } from './clip-text';
import { clipTokenizer } from './clip-vocabulary';
import { openWeights } from './diffusers-folder';
import { type ModelFolder, readJson } from './folder-files';
import { FAMILY_NAMES, type Identity, unsupported } from './identity';
import type { OpenedModel, OpenOptions } from './open-model';
import { trainedFor } from './prediction-type';
import { assembleTextEncoder } from './text-encoder';
import { openUNet } from './unet';

type Config = Readonly<Record<string, unknown>>;

const isFamily2 = (config: Config): boolean =>
  config.hidden_size === 1024 || config.cross_attention_dim === 1024 || config.use_linear_projection === true;

/** What a folder of one network is, by the config.json beside its weights. */
export async function identifyPartFolder(folder: ModelFolder): Promise<Identity> {
  const config = ((await readJson(folder, 'config.json')) ?? {}) as Config;
  const name = String(config._class_name ?? (Array.isArray(config.architectures) ? config.architectures[0] : ''));
  const family = isFamily2(config) ? 'sd2' : 'sd1';
  if (name === 'UNet2DConditionModel') {
    if (config.addition_embed_type) return unsupported('an SDXL UNet', 'sdxl');
    return { kind: 'unet', family, sentence: `A ${FAMILY_NAMES[family]} UNet.` };
  }
  if (name === 'ControlNetModel') {
    if (config.addition_embed_type) return unsupported('an SDXL ControlNet', 'sdxl');
    return { kind: 'controlnet', family, sentence: `A ControlNet for ${FAMILY_NAMES[family]}.` };
  }
  if (name === 'AutoencoderKL') return { kind: 'vae', family: 'sd1', sentence: 'A VAE for Stable Diffusion.' };
  if (/^CLIPTextModel|^CLIPModel$/.test(name)) {
    return { kind: 'text-encoder', family, sentence: `A ${FAMILY_NAMES[family]} text encoder.` };
  }
  return unsupported(
    name === '' ? 'a folder whose config.json names no model' : `a folder of a ${name.slice(0, 80)}`,
    'other',
  );
}

/** Opens a folder of one network: a VAE, a UNet or a text encoder as `save_pretrained` writes it. */
export async function openPartFolder(
  folder: ModelFolder & { readonly key: string; readonly title: string },
  options: OpenOptions,
): Promise<OpenedModel> {
  const identity = await identifyPartFolder(folder);
  const config = await readJson(folder, 'config.json');
  const { key, title } = folder;
  const about = { key, title, ...(options.graph && { graph: options.graph }) };
  const family = identity.family === 'sd2' ? 'sd2' : 'sd1';
  if (identity.kind === 'vae') {
    const weights = await openWeights(folder, '', 'diffusion_pytorch_model');
    return { identity, vae: openVae(config, weights, about), notes: [] };
  }
  if (identity.kind === 'unet') {
    const weights = await openWeights(folder, '', 'diffusion_pytorch_model');
    const { note, ...trained } = trainedFor(weights, {
      choice: options.prediction ?? 'auto',
      family,
      names: new Set<string>(),
      metadata: {},
    });
    return {
      identity,
      unet: openUNet(config, weights, { ...about, ...trained }),
      notes: note === undefined ? [] : [note],
    };
  }
  if (identity.kind === 'text-encoder' && !options.vocabulary) return { identity, notes: [] };
  if (identity.kind === 'text-encoder' && options.vocabulary) {
    const network = openClipText(config, await openWeights(folder, '', 'model', 'pytorch_model'), about);
    const tokenizer = await clipTokenizer(await options.vocabulary(), family, network.length);
    return { identity, textEncoder: assembleTextEncoder(tokenizer, network, about), notes: [] };
  }
  throw new Error(`"${title}" cannot be run. ${identity.sentence}`);
}
