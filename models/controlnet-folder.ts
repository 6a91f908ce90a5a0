import type { Folder } from '../src/core/define-node';
import type { ControlNet } from '../src/core/values';
import { openTensorFile } from '../src/formats/tensor-file';
import type { GraphOptions } from '../src/onnx/graph';
import type { Weights } from '../src/onnx/weights';
import { openControlNet } from './controlnet';
import { unetConfig } from './derived-configs';
import { openWeights } from './diffusers-folder';
import { readJson } from './folder-files';
import { controlNetIn, mapLdmControlNet, withoutPrefix } from './key-maps/controlnet';
import { renamed } from './key-maps/renamed';
import { type Identity, identify } from './model-kind';
import { identifyPartFolder } from './part-folder';
import { weightsOf } from './safetensors-weights';

/**
 * Opens a ControlNet for Stable Diffusion 1 or 2: a folder as diffusers' `save_pretrained` writes it, or one file in the names
 * of diffusers or of the original code. Weights are read when it first computes. Throws a sentence where it is none.
 */
export async function openControlNetFolder(folder: Folder, graph?: GraphOptions): Promise<ControlNet> {
  const { key, title, paths } = folder;
  const source = { key, title, ...(graph && { graph }) };
  if (paths.includes('config.json')) {
    requireControlNet(await identifyPartFolder(folder), title);
    const weights = await openWeights(folder, '', 'diffusion_pytorch_model');
    return openControlNet(await readJson(folder, 'config.json'), weights, source);
  }
  const [path] = paths;
  const file = path === undefined || paths.length > 1 ? undefined : await folder.open(path);
  if (!file) throw new Error(`"${title}" is neither one file nor a folder with a config.json, as a ControlNet is.`);
  const tensors = openTensorFile(file);
  requireControlNet(identify(tensors.tensors), title);
  return openControlNetWeights(weightsOf([tensors]), source);
}

function requireControlNet({ kind, sentence }: Identity, title: string): void {
  if (kind !== 'controlnet') throw new Error(`"${title}" is no ControlNet that Weft runs. ${sentence}`);
}

/** Opens the ControlNet among the tensors of a file that comes without a config. */
function openControlNetWeights(
  weights: Weights,
  source: { readonly key: string; readonly title: string; readonly graph?: GraphOptions },
): ControlNet {
  const names = [...weights.names];
  const part = controlNetIn(new Set(names));
  if (!part) throw new Error(`"${source.title}" has no tensors of a ControlNet.`);
  if (names.includes('difference')) {
    throw new Error(
      `"${source.title}" holds the difference between a ControlNet and a model that it does not name. Take the whole ControlNet.`,
    );
  }
  const { layout, prefix } = part;
  const own = names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  const { map, unknown } =
    layout === 'ldm'
      ? mapLdmControlNet(own, prefix)
      : { map: withoutPrefix(own, prefix), unknown: own.filter((name) => !DIFFUSERS_NAME.test(name)) };
  if (unknown.length > 0) {
    throw new Error(
      `"${source.title}" has "${unknown[0]?.slice(0, 80)}", which no ControlNet for Stable Diffusion 1 or 2 has. Is it for another family?`,
    );
  }
  const diffusers = renamed(weights, map);
  return openControlNet(derivedConfig(diffusers), diffusers, { ...source, file: `The shapes in "${source.title}"` });
}

const DIFFUSERS_NAME =
  /^(conv_in|time_embedding|down_blocks|mid_block|controlnet_(cond_embedding|down_blocks|mid_block))\./;

/** A config.json of diffusers' ControlNetModel by the shapes of its tensors. */
function derivedConfig(weights: Weights): Record<string, unknown> {
  // The copy of a UNet that it is ends before the last convolution, which says nothing else than how many channels it has.
  const asUNet = {
    ...weights,
    shape: (name: string) => weights.shape(name === 'conv_out.weight' ? 'conv_in.weight' : name),
  };
  const { up_block_types: _up, out_channels: _out, ...unet } = unetConfig(asUNet);
  const look = [weights.shape('controlnet_cond_embedding.conv_in.weight')?.[0] ?? 0];
  for (let i = 1; ; i += 2) {
    const channels = weights.shape(`controlnet_cond_embedding.blocks.${i}.weight`)?.[0];
    if (channels === undefined) break;
    look.push(channels);
  }
  return { ...unet, conditioning_embedding_out_channels: look };
}
