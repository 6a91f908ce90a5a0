import type { Folder } from '../src/core/define-node';
import type { TextEncoder, UNet, Vae } from '../src/core/values';
import type { GraphOptions } from '../src/onnx/graph';
import { openDiffusersFolder } from './diffusers-folder';
import type { Identity } from './model-kind';

/** What a model file or folder holds, ready to compute. Weights are read when a part first computes. */
export interface OpenedModel {
  readonly identity: Identity;
  readonly textEncoder?: TextEncoder;
  readonly unet?: UNet;
  readonly vae?: Vae;
  /** For people: what is missing, and what was guessed. */
  readonly notes: readonly string[];
}

export interface OpenOptions {
  /** The folder of CLIP's vocabulary, for files that come without a tokenizer: `host.folder('clip-vocabulary')`. */
  readonly vocabulary: () => Promise<Folder>;
  /** What the UNet predicts, where the file does not say; `auto` guesses. */
  readonly prediction?: 'auto' | 'epsilon' | 'v_prediction';
  readonly graph?: GraphOptions;
}

/** Opens whatever model it is: a diffusers folder or a single file. Throws a sentence where Weft cannot run it. */
export async function openModel(folder: Folder, options: OpenOptions): Promise<OpenedModel> {
  const { key, title } = folder;
  const parts = await openDiffusersFolder(folder, { key, title, ...(options.graph && { graph: options.graph }) });
  const identity = { kind: 'checkpoint', family: 'sd1', sentence: 'A Stable Diffusion model.' } as const;
  return { identity, ...parts, notes: [] };
}
