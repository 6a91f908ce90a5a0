import type { Device, Network, Tensor } from '../src/core/device';
import { ProblemError } from '../src/core/problem';
import type { Tiles, Vae } from '../src/core/values';
import type { Graph, GraphOptions } from '../src/onnx/graph';
import { defineNetwork } from '../src/onnx/network';
import { clip } from '../src/onnx/ops/clip';
import { describe } from '../src/onnx/shapes';
import type { Weights } from '../src/onnx/weights';
import { compute } from './arithmetic';
import { parseAutoencoderConfig } from './autoencoder-config';
import { buildDecoder, buildEncoder, buildPosterior, buildTileDecoder, buildTileEncoder } from './autoencoder-graph';
import { outputOf } from './outputs';
import { inFloat32 } from './precision';
import { exceeds, inTiles, type Tiling, tilingFor } from './tiles';

const builders = {
  encoder: buildEncoder,
  decoder: buildDecoder,
  'encoder of a tile': buildTileEncoder,
  'decoder of a tile': buildTileDecoder,
};

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
  const latentTile = Math.floor(parsed.sample_size / factor);
  const decoding = tilingFor(latentTile, parsed.sample_size);
  const encoding = tilingFor(parsed.sample_size, latentTile);

  const networkFor = (what: keyof typeof builders, dims: readonly number[]): Network => {
    const key = `vae-${what} ${source.key} ${dims.join('x')}`;
    const known = networks.get(key);
    if (known) return known;
    const build = builders[what];
    const made = defineNetwork(key, (graph: Graph) => build(graph, weights, parsed, dims), inFloat32(source.graph));
    networks.set(key, made);
    return made;
  };

  /** The tiles that something is to be cut into, where it is. */
  const tilesFor = (device: Device, input: Tensor, tiles: Tiles, tiling: Tiling | undefined, whole: Network) => {
    if (tiles === 'off' || (tiles === 'auto' && device.misfit(whole) === undefined)) return undefined;
    if (tiling) return exceeds(input, tiling) ? tiling : undefined;
    if (tiles === 'auto') return undefined;
    throw new ProblemError({
      port: 'tiles',
      what: `The VAE "${source.title}" says that its tiles have ${parsed.sample_size} pixels, which do not overlap evenly.`,
      cure: 'Choose "off".',
    });
  };

  async function encodeTiles(device: Device, image: Tensor, tiling: Tiling): Promise<Record<string, Tensor>> {
    const moments = await inTiles(device, image, tiling, async (tile) =>
      outputOf(await device.run(networkFor('encoder of a tile', tile.dims), { image: tile }), 'moments'),
    );
    const { dims } = moments;
    const posterior = defineNetwork(`vae-posterior ${parsed.scaling_factor} ${dims.join('x')}`, (graph) =>
      buildPosterior(graph, parsed, dims),
    );
    try {
      return await device.run(posterior, { moments });
    } finally {
      device.dispose(moments);
    }
  }

  return {
    key: source.key,
    title: source.title,
    latentChannels,
    factor,
    need: (device, what, dims) => device.need(networkFor(what, dims)),
    async decode(device: Device, latent: Tensor, tiles = 'auto') {
      if (latent.dims.length !== 4 || latent.dims[1] !== latentChannels) {
        throw new Error(
          `The VAE "${source.title}" takes latents of ${latentChannels} channels, but this one is ${describe(latent.dims)}.`,
        );
      }
      const whole = networkFor('decoder', latent.dims);
      const tiling = tilesFor(device, latent, tiles, decoding, whole);
      if (!tiling) return outputOf(await device.run(whole, { latent }), 'image');
      const blended = await inTiles(device, latent, tiling, async (tile) =>
        outputOf(await device.run(networkFor('decoder of a tile', tile.dims), { latent: tile }), 'image'),
      );
      try {
        return await compute(device, 'clip to 0..1', { blended }, (inputs) => clip(inputs.blended, 0, 1));
      } finally {
        device.dispose(blended);
      }
    },
    async encode(device: Device, image: Tensor, tiles = 'auto') {
      const [, channels, height = 0, width = 0] = image.dims;
      if (image.dims.length !== 4 || channels !== 3 || height % factor !== 0 || width % factor !== 0) {
        throw new Error(
          `The VAE "${source.title}" takes RGB images whose sides are multiples of ${factor}, but this one is ` +
            `${describe(image.dims)}. Resize it first.`,
        );
      }
      const whole = networkFor('encoder', image.dims);
      const tiling = tilesFor(device, image, tiles, encoding, whole);
      const results = tiling ? await encodeTiles(device, image, tiling) : await device.run(whole, { image });
      return { mean: outputOf(results, 'mean'), std: outputOf(results, 'std') };
    },
  };
}
