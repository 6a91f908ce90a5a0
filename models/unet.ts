import type { Device, Tensor, Tensors } from '../src/core/device';
import type { NoiseSchedule, PredictionType } from '../src/core/sampler-table';
import type { UNet } from '../src/core/values';
import type { Graph, GraphOptions } from '../src/onnx/graph';
import { describe } from '../src/onnx/shapes';
import type { Weights } from '../src/onnx/weights';
import { ldmNames } from './lora/ldm-names';
import { placesOf } from './lora/places';
import { emptyStack, type LoraStack } from './lora/stack';
import { outputOf } from './outputs';
import { AdaptiveNetwork } from './precision';
import { embedTimestep } from './time-embedding';
import { unetParts } from './training/parts';
import { contextWidthOf, parseUNetConfig } from './unet-config';
import { buildUNet, residualShapes, type UNetShape } from './unet-graph';

export interface UNetSource {
  /** Content key of config and weights. */
  readonly key: string;
  readonly title: string;
  readonly predictionType: PredictionType;
  readonly noiseSchedule: NoiseSchedule;
  readonly graph?: GraphOptions;
}

/** `config` is a diffusers config.json; a field that is not supported is refused by name. */
export function openUNet(config: unknown, weights: Weights, source: UNetSource): UNet {
  const parsed = parseUNetConfig(config);
  const contextWidth = contextWidthOf(parsed);
  const network = new AdaptiveNetwork(source, weights, source.graph);

  /** The key of the network for a shape, and what builds it. */
  const described = (shape: UNetShape, loras: LoraStack): [string, (graph: Graph) => void] => {
    const controlled = shape.controlled ? ' controlled' : '';
    const sizes = `${shape.latent.join('x')} ${shape.contexts}x${shape.tokens}${controlled}`;
    return [
      `unet ${source.key}${loras.key} ${sizes}`,
      (graph) => buildUNet(graph, weights, parsed, shape, loras.add(graph)),
    ];
  };

  const run = (device: Device, shape: UNetShape, loras: LoraStack, feeds: Tensors) =>
    network.run(device, ...described(shape, loras), feeds);

  const shapeOf = (latent: Tensor, contexts: readonly Tensor[], controlled: boolean): UNetShape => {
    const [first, ...others] = contexts;
    if (!first) throw new Error('The UNet needs at least one conditioning.');
    if (latent.dims.length !== 4 || latent.dims[1] !== parsed.in_channels) {
      throw new Error(
        `The UNet "${source.title}" takes latents of ${parsed.in_channels} channels, but this one is ${describe(latent.dims)}.`,
      );
    }
    const [batch, tokens = 0, width] = first.dims;
    if (batch !== 1 || width !== contextWidth) {
      throw new Error(
        `The UNet "${source.title}" takes conditioning of width ${contextWidth}, but this one is ${describe(first.dims)}. ` +
          'Does the text encoder belong to another model?',
      );
    }
    const other = others.find((context) => context.dims.join() !== first.dims.join());
    if (other) {
      throw new Error(
        `The conditionings differ in length, ${describe(first.dims)} and ${describe(other.dims)}; pad the shorter prompt.`,
      );
    }
    return { latent: latent.dims, contexts: contexts.length, tokens, controlled };
  };

  const withLoras = (loras: LoraStack): UNet => {
    const unet = handleOf(loras);
    unetParts.set(unet, { key: source.key, config: parsed, weights, changed: loras.key !== '' });
    return unet;
  };

  const handleOf = (loras: LoraStack): UNet => ({
    key: source.key + loras.key,
    title: source.title,
    inputChannels: parsed.in_channels,
    latentChannels: parsed.out_channels,
    predictionType: source.predictionType,
    noiseSchedule: source.noiseSchedule,
    contextWidth,
    residualShapes: (latent, contexts) => residualShapes(parsed, latent, contexts),
    need: (device, [n = 1, , ...sides], contexts) =>
      network.need(
        device,
        ...described({ latent: [n, parsed.in_channels, ...sides], contexts, tokens: 77, controlled: false }, loras),
      ),
    async predict(device: Device, { latent, inputScale, timestep, contexts, residuals }) {
      const shape = shapeOf(latent, contexts, residuals !== undefined);
      const width = parsed.block_out_channels[0] ?? 0;
      const sinusoids = embedTimestep(timestep, width, {
        flipSinToCos: parsed.flip_sin_to_cos,
        freqShift: parsed.freq_shift,
      });
      const made = {
        input_scale: device.tensor(Float32Array.of(inputScale), [1]),
        time: device.tensor(sinusoids, [1, width]),
        ...loras.strengths(device),
      };
      const named = Object.fromEntries([
        ...contexts.map((context, i) => [`context_${i}`, context]),
        ...(residuals ?? []).map((residual, i) => [`residual_${i}`, residual]),
      ]);
      try {
        const results = await run(device, shape, loras, { latent, ...made, ...named });
        return contexts.map((_, i) => outputOf(results, `prediction_${i}`));
      } finally {
        for (const tensor of Object.values(made)) device.dispose(tensor);
      }
    },
    withLora(lora, strength) {
      const { stack, placed } = loras.with(lora, strength);
      return { network: withLoras(stack), placed };
    },
  });
  return withLoras(emptyStack('unet', source.title, () => placesOf(weights, ldmNames)));
}
