import type { Folder } from '../src/core/define-node';
import type { ByteSource } from '../src/core/device';
import type { PredictionChoice } from '../src/core/prediction-parameter';
import type { TextEncoder, UNet, Vae } from '../src/core/values';
import type { GraphOptions } from '../src/onnx/graph';
import { identifyDiffusersFolder, openDiffusersFolder } from './diffusers-folder';
import type { Identity } from './model-kind';
import { openPartFolder } from './part-folder';
import { openSingleFile } from './single-file';

/** What a model file or folder holds, ready to compute. Weights are read when a part first computes. */
export interface OpenedModel {
  readonly identity: Identity;
  readonly textEncoder?: TextEncoder;
  readonly unet?: UNet;
  readonly vae?: Vae;
  /** For people: what was guessed, and what is not used. */
  readonly notes: readonly string[];
}

export interface OpenOptions {
  /**
   * The folder of CLIP's vocabulary, for files that come without a tokenizer: `host.folder(CLIP_VOCABULARY)`. Without it their
   * text encoder is not opened.
   */
  readonly vocabulary?: () => Promise<Folder>;
  /** What the UNet predicts, where the user knows it better than the file. */
  readonly prediction?: PredictionChoice;
  readonly graph?: GraphOptions;
}

/** Opens whatever model it is: a diffusers folder, an export of it to ONNX, a folder of one network, or a single file. Throws a sentence where Weft cannot run it. */
export async function openModel(folder: Folder, options: OpenOptions): Promise<OpenedModel> {
  const form = formOf(folder);
  if (form === 'onnx') {
    const { openOnnxFolder } = await import('./onnx-folder');
    return openOnnxFolder(folder);
  }
  if (form === 'pipeline') {
    const identity = await identifyDiffusersFolder(folder);
    if (identity.kind === 'unsupported') throw new Error(`"${folder.title}" cannot be run. ${identity.sentence}`);
    const { key, title } = folder;
    const { prediction, graph } = options;
    const parts = await openDiffusersFolder(folder, { key, title, ...(graph && { graph }) });
    const told = prediction === undefined || prediction === 'auto';
    return { identity, ...parts, ...(!told && { unet: { ...parts.unet, predictionType: prediction } }), notes: [] };
  }
  if (form === 'part') return openPartFolder(folder, options);
  return openSingleFile(await opened(folder, form.file), folder, options);
}

/** In what form a model came: a folder that says how to read it, or a file of weights. */
function formOf({ paths, title }: Folder): 'onnx' | 'pipeline' | 'part' | { readonly file: string } {
  if (paths.includes('unet/model.onnx')) return 'onnx';
  if (paths.includes('model_index.json')) return 'pipeline';
  if (paths.includes('config.json')) return 'part';
  const files = paths.length === 1 ? paths : paths.filter((path) => /\.(safetensors|ckpt|pt|pth|bin)$/i.test(path));
  const [file, ...others] = files;
  if (file !== undefined && others.length === 0) return { file };
  throw new Error(
    file === undefined
      ? `The folder "${title}" has neither a model_index.json nor a file of weights.`
      : `The folder "${title}" has ${files.length} files of weights and no model_index.json; choose one of the files.`,
  );
}

async function opened(folder: Folder, path: string): Promise<ByteSource> {
  const source = await folder.open(path);
  if (!source) throw new Error(`The file "${path}" of "${folder.title}" cannot be opened.`);
  return source;
}
