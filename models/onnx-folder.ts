import type { Folder } from '../src/core/define-node';
import type { TextEncoder, UNet, Vae } from '../src/core/values';
import { FAMILY_NAMES, type Identity, unsupported } from './identity';
import { configOf } from './onnx-folder-config';
import { openOnnxText } from './onnx-folder-text';
import { openOnnxUNet } from './onnx-folder-unet';
import { openOnnxVae } from './onnx-folder-vae';

export interface OnnxModel {
  readonly identity: Identity;
  readonly textEncoder: TextEncoder;
  readonly unet: UNet;
  readonly vae: Vae;
  /** For people: what of it is not as in other models. */
  readonly notes: readonly string[];
}

/** What such a folder is, by the config beside its UNet where there is one. */
async function identifyOnnxFolder(folder: Folder): Promise<Identity> {
  const config = await configOf(folder, 'unet');
  if (folder.paths.some((path) => path.startsWith('text_encoder_2/')))
    return unsupported('an SDXL model for ONNX Runtime', 'sdxl');
  const family = config.cross_attention_dim === 1024 || config.use_linear_projection === true ? 'sd2' : 'sd1';
  return { kind: 'onnx', family, sentence: `A ${FAMILY_NAMES[family]} model that was exported to ONNX.` };
}

/**
 * Opens a Stable Diffusion 1 or 2 model that was exported to ONNX, in the layout of optimum (`text_encoder`, `unet`,
 * `vae_decoder` and perhaps `vae_encoder`, each with model.onnx). Of the graphs only what they take and give is read here; they
 * compute as they are, so neither LoRA nor learned words nor ControlNets reach into them.
 */
export async function openOnnxFolder(folder: Folder): Promise<OnnxModel> {
  const { title } = folder;
  const identity = await identifyOnnxFolder(folder);
  if (identity.kind === 'unsupported') throw new Error(`"${title}" cannot be run. ${identity.sentence}`);
  const textEncoder = await openOnnxText(folder);
  const unet = await openOnnxUNet(folder);
  if (textEncoder.width !== unet.contextWidth) {
    throw new Error(
      `The text encoder of "${title}" gives conditioning of width ${textEncoder.width}, but the UNet takes ` +
        `${unet.contextWidth}; the parts of this folder belong to different models.`,
    );
  }
  const { vae, notes } = await openOnnxVae(folder);
  return { identity, textEncoder, unet, vae, notes };
}
