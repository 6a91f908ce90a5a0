import type { Device, Network, Tensor } from '../src/core/device';
import type { Vae } from '../src/core/values';
import type { Graph, GraphOptions } from '../src/onnx/graph';
import { defineNetwork } from '../src/onnx/network';
import { describe } from '../src/onnx/shapes';
import type { Weights } from '../src/onnx/weights';
import { parseAutoencoderConfig } from './autoencoder-config';
import { buildDecoder, buildEncoder } from './autoencoder-graph';
import { outputOf } from './outputs';
import { inFloat32 } from './precision';

export interface VaeSource {
  /** Content key of config and weights. */
  readonly key: string;
  readonly title: string;
  readonly graph?: GraphOptions;
}

/** `config` is a diffusers config.json; a field that is not supported is refused by name. */
export function openVae(config: unknown, weights: Weights, source: VaeSource): Vae {
  const parsed = parseAutoencoderConfig(config);
  const { latent_channels: latentChannels } = parsed;
  const factor = 2 ** (parsed.block_out_channels.length - 1);
  const networks = new Map<string, Network>();

  const networkFor = (half: 'encoder' | 'decoder', dims: readonly number[]): Network => {
    const key = `vae-${half} ${source.key} ${dims.join('x')}`;
    const known = networks.get(key);
    if (known) return known;
    const build = half === 'encoder' ? buildEncoder : buildDecoder;
    const made = defineNetwork(key, (graph: Graph) => build(graph, weights, parsed, dims), inFloat32(source.graph));
    networks.set(key, made);
    return made;
  };

  return {
    key: source.key,
    title: source.title,
    latentChannels,
    factor,
    async decode(device: Device, latent: Tensor) {
      if (latent.dims.length !== 4 || latent.dims[1] !== latentChannels) {
        throw new Error(
          `The VAE "${source.title}" takes latents of ${latentChannels} channels, but this one is ${describe(latent.dims)}.`,
        );
      }
      return outputOf(await device.run(networkFor('decoder', latent.dims), { latent }), 'image');
    },
    async encode(device: Device, image: Tensor) {
      const [, channels, height = 0, width = 0] = image.dims;
      if (image.dims.length !== 4 || channels !== 3 || height % factor !== 0 || width % factor !== 0) {
        throw new Error(
          `The VAE "${source.title}" takes RGB images whose sides are multiples of ${factor}, but this one is ` +
            `${describe(image.dims)}. Resize it first.`,
        );
      }
      const results = await device.run(networkFor('encoder', image.dims), { image });
      return { mean: outputOf(results, 'mean'), std: outputOf(results, 'std') };
    },
  };
}
