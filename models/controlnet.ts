import type { Device, Network, Tensor, Tensors } from '../src/core/device';
import type { ControlNet } from '../src/core/values';
import type { Graph, GraphOptions } from '../src/onnx/graph';
import { defineNetwork } from '../src/onnx/network';
import { describe } from '../src/onnx/shapes';
import type { Weights } from '../src/onnx/weights';
import { parseControlNetConfig } from './controlnet-config';
import { buildControlNet, buildLook, type ControlNetShape } from './controlnet-graph';
import { outputOf } from './outputs';
import { AdaptiveNetwork, inFloat32 } from './precision';
import { embedTimestep } from './time-embedding';
import { contextWidthOf } from './unet-config';
import { residualShapes } from './unet-graph';

export interface ControlNetSource {
  /** Content key of config and weights. */
  readonly key: string;
  readonly title: string;
  /** What the config is called in messages. */
  readonly file?: string;
  readonly graph?: GraphOptions;
}

/** `config` is config.json of diffusers' ControlNetModel; a field that is not supported is refused by name. */
export function openControlNet(config: unknown, weights: Weights, source: ControlNetSource): ControlNet {
  const parsed = parseControlNetConfig(config, source.file);
  const { unet, lookChannels, pooled } = parsed;
  const contextWidth = contextWidthOf(unet);
  const factor = 2 ** (lookChannels.length - 1);
  const network = new AdaptiveNetwork(source, weights, source.graph);
  const looks = new Map<string, Network>();

  /** In float32, as it runs but once. */
  const lookNetwork = (dims: readonly number[]): Network => {
    const key = `controlnet-look ${source.key} ${dims.join('x')}`;
    const known = looks.get(key);
    if (known) return known;
    const made = defineNetwork(key, (graph) => buildLook(graph, weights, parsed, dims), inFloat32(source.graph));
    looks.set(key, made);
    return made;
  };

  const run = (device: Device, shape: ControlNetShape, feeds: Tensors) => {
    const sizes = `${shape.latent.join('x')} ${shape.contexts}x${shape.tokens} of ${shape.pictures}`;
    const build = (graph: Graph) => buildControlNet(graph, weights, parsed, shape);
    return network.run(device, `controlnet ${source.key} ${sizes}`, build, feeds);
  };

  const shapeOf = (latent: Tensor, contexts: readonly Tensor[], seen: Tensor): ControlNetShape => {
    const { title } = source;
    const [n, channels, height, width] = latent.dims;
    if (channels !== unet.in_channels) {
      throw new Error(
        `The ControlNet "${title}" looks at latents of ${unet.in_channels} channels, but this one is ${describe(latent.dims)}.`,
      );
    }
    const [first] = contexts;
    if (!first) throw new Error('A ControlNet needs at least one conditioning.');
    const [, tokens = 0, contextLength] = first.dims;
    if (contextLength !== contextWidth) {
      throw new Error(
        `The ControlNet "${title}" was made for a model whose conditioning has width ${contextWidth}, but this one is ` +
          `${describe(first.dims)}. Stable Diffusion 1 has 768, Stable Diffusion 2 has 1024: take one for the same family.`,
      );
    }
    const [pictures = 1, , rows, columns] = seen.dims;
    if (rows !== height || columns !== width || (pictures !== 1 && pictures !== n)) {
      throw new Error(
        `The ControlNet "${title}" sees ${describe(seen.dims)}, which does not fit the latent ${describe(latent.dims)}.`,
      );
    }
    return { latent: latent.dims, contexts: contexts.length, tokens, pictures };
  };

  return {
    key: source.key,
    title: source.title,
    latentChannels: unet.in_channels,
    contextWidth,
    factor,
    pooled,
    async look(device, image) {
      return outputOf(await device.run(lookNetwork(image.dims), { image }), 'seen');
    },
    async predict(device: Device, { latent, inputScale, timestep, contexts, seen, strength, guess }) {
      const { length } = residualShapes(unet, latent.dims, contexts.length);
      const width = unet.block_out_channels[0] ?? 0;
      const sinusoids = embedTimestep(timestep, width, {
        flipSinToCos: unet.flip_sin_to_cos,
        freqShift: unet.freq_shift,
      });
      // diffusers leaves the scales alone where what is added is the same everywhere.
      const weaker = guess && !pooled;
      const scales = Float32Array.from({ length }, (_, i) => strength * (weaker ? 10 ** (i / (length - 1) - 1) : 1));
      const made = {
        input_scale: device.tensor(Float32Array.of(inputScale), [1]),
        time: device.tensor(sinusoids, [1, width]),
        scales: device.tensor(scales, [length]),
      };
      const named = Object.fromEntries(contexts.map((context, i) => [`context_${i}`, context]));
      try {
        const shape = shapeOf(latent, contexts, seen);
        const results = await run(device, shape, { latent, seen, ...made, ...named });
        return Array.from({ length }, (_, i) => outputOf(results, `residual_${i}`));
      } finally {
        for (const tensor of Object.values(made)) device.dispose(tensor);
      }
    },
  };
}
