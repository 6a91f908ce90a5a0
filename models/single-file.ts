import type { ByteSource } from '../src/core/device';
import type { TextEncoder, UNet, Vae } from '../src/core/values';
import { openTensorFile, type TensorFile } from '../src/formats/tensor-file';
import type { Weights } from '../src/onnx/weights';
import { openVae } from './autoencoder';
import { openClipText } from './clip-text';
import { clipTokenizer } from './clip-vocabulary';
import { clipTextConfig, unetConfig, vaeConfig } from './derived-configs';
import { mapLdmUNet } from './key-maps/ldm-unet';
import { mapLdmVae } from './key-maps/ldm-vae';
import { mapOpenClipText } from './key-maps/openclip-text';
import { type KeyMap, renamed } from './key-maps/renamed';
import { identify } from './model-kind';
import type { OpenedModel, OpenOptions } from './open-model';
import { type Part, partsIn } from './parts';
import { trainedFor } from './prediction-type';
import { weightsOf } from './safetensors-weights';
import { assembleTextEncoder } from './text-encoder';
import { openUNet } from './unet';

/** Tokens of CLIP's vocabulary; files with fewer come with a tokenizer of their own. */
const CLIP_TOKENS = 49408;

interface Source {
  readonly key: string;
  readonly title: string;
}

/**
 * Opens a model that is one file: a checkpoint of Stable Diffusion 1 or 2, or one of its networks, in the names of LDM or
 * of diffusers. Configs are derived from shapes. Only the description of tensors is read. Throws a sentence where the file
 * is something else.
 */
export async function openSingleFile(bytes: ByteSource, source: Source, options: OpenOptions): Promise<OpenedModel> {
  const file = openTensorFile(bytes);
  const identity = identify(file.tensors);
  const parts = partsIn(file.tensors);
  const family = identity.family === 'sd2' ? 'sd2' : 'sd1';
  if (identity.kind === 'unsupported') throw new Error(`"${source.title}" cannot be run. ${identity.sentence}`);
  const weights = weightsOf([file]);
  const notes: string[] = [];
  const graph = options.graph && { graph: options.graph };
  const made: { textEncoder?: TextEncoder; unet?: UNet; vae?: Vae } = {};

  if (parts.unet) {
    const { weights: unet, unknown } = unetWeights(file, weights, parts.unet);
    const { note, ...trained } = trainedFor(unet, {
      choice: options.prediction ?? 'auto',
      family,
      names: file.tensors,
      metadata: file.metadata,
    });
    if (note !== undefined) notes.push(note);
    if (unknown.length > 0) notes.push(`The UNet has tensors that Weft does not use: ${listed(unknown)}.`);
    const opened = openUNet(unetConfig(unet), unet, {
      key: `${source.key}/unet`,
      title: source.title,
      ...trained,
      ...graph,
    });
    made.unet = notes.length > 0 ? { ...opened, notes } : opened;
  }
  if (parts.vae) {
    const vae = vaeWeights(file, weights, parts.vae);
    made.vae = openVae(vaeConfig(vae), vae, { key: `${source.key}/vae`, title: source.title, ...graph });
  }
  if (parts.text && options.vocabulary) {
    const text = textWeights(file, weights, parts.text);
    const config = clipTextConfig(text, family);
    if ((config.vocab_size as number) < CLIP_TOKENS) {
      throw new Error(
        `The text encoder of "${source.title}" knows ${config.vocab_size} tokens, fewer than CLIP's ${CLIP_TOKENS}; ` +
          'open it as a diffusers folder that has its tokenizer.',
      );
    }
    const about = { key: `${source.key}/text_encoder`, title: source.title };
    const network = openClipText(config, text, { ...about, ...graph });
    const tokenizer = await clipTokenizer(await options.vocabulary(), family, network.length);
    made.textEncoder = assembleTextEncoder(tokenizer, network, about);
  }
  if (made.unet && made.textEncoder && made.unet.contextWidth !== made.textEncoder.width) {
    throw new Error(
      `The text encoder of "${source.title}" gives conditioning of width ${made.textEncoder.width}, but its UNet takes ` +
        `${made.unet.contextWidth}; they belong to different models.`,
    );
  }
  return { identity, ...made, notes };
}

function namesBelow(file: TensorFile, prefix: string): string[] {
  return [...file.tensors.keys()].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
}

/** The tensors below a prefix that are called as diffusers calls them. */
function unprefixed(file: TensorFile, prefix: string): KeyMap {
  return new Map(namesBelow(file, prefix).map((name) => [name, { name: prefix + name }]));
}

function unetWeights(
  file: TensorFile,
  weights: Weights,
  { layout, prefix }: Part<'ldm' | 'diffusers'>,
): { weights: Weights; unknown: readonly string[] } {
  if (layout === 'diffusers') return { weights: renamed(weights, unprefixed(file, prefix)), unknown: [] };
  const { map, unknown } = mapLdmUNet(namesBelow(file, prefix), prefix);
  // Without a prefix the whole file is the UNet's, and what trainers add is no part of it.
  return { weights: renamed(weights, map), unknown: prefix === '' ? [] : unknown };
}

function vaeWeights(file: TensorFile, weights: Weights, { layout, prefix }: Part<'ldm' | 'diffusers'>): Weights {
  const map = layout === 'ldm' ? mapLdmVae(namesBelow(file, prefix), prefix) : unprefixed(file, prefix);
  return renamed(weights, map);
}

/** In transformers' names, without `text_model.`. */
function textWeights(file: TensorFile, weights: Weights, { layout, prefix }: Part<'clip' | 'openclip'>): Weights {
  const shapeOf = (name: string) => file.tensors.get(prefix + name)?.shape;
  const map =
    layout === 'openclip' ? mapOpenClipText(namesBelow(file, prefix), shapeOf, prefix) : unprefixed(file, prefix);
  return renamed(weights, map);
}

/** The first few of many names. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
