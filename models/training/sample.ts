import type { Device, Tensor } from '../../src/core/device';
import type { Image, UNet, Vae } from '../../src/core/values';
import { TorchGenerator } from '../../src/diffusion/random';
import { trainedNoise } from '../../src/diffusion/trained-noise';
import type { Graph, Value } from '../../src/onnx/graph';
import { defineNetwork } from '../../src/onnx/network';
import { cast } from '../../src/onnx/ops/cast';
import { type Additions, Parameters } from '../../src/onnx/weights';
import { embedTime } from '../blocks/unet-encoder';
import { outputOf } from '../outputs';
import { embedTimestep } from '../time-embedding';
import { unet as unetGraph } from '../unet-graph';
import type { Caption } from './captions';
import type { TrainedParameter } from './gradient-graph';
import type { Trainable } from './parts';

/** Enough to see what a picture shows; DDIM from the last timestep to the first. */
const STEPS = 12;
const GUIDANCE = 5;

/** How a picture is drawn with what is being learned, whose values are inputs, so that no picture needs a new session. */
export interface Sampler {
  /** Content key of the network, with all its shapes. */
  readonly key: string;
  readonly parameters: readonly TrainedParameter[];
  /** Builds the context `[2, length, width]` of nothing and of the prompt, and what is beside the layers of the UNet. */
  readonly words: (graph: Graph) => { readonly context: Value; readonly additions?: Additions };
  /** Feeds of `words` beside the parameters; they stay the caller's. */
  readonly feeds: Readonly<Record<string, Tensor>>;
  readonly shape: readonly [number, number, number];
  readonly seed: string;
}

/** One picture `[1, 3, h, w]` by DDIM (https://arxiv.org/abs/2010.02502, equation 12) with guidance, drawn with `learned`. */
export async function drawSample(
  device: Device,
  { image, unet, vae }: { readonly image: Trainable['image']; readonly unet: UNet; readonly vae: Vae },
  { key, parameters, words, feeds, shape, seed }: Sampler,
  learned: readonly Float32Array[],
): Promise<Image> {
  const { config, weights } = image;
  const channels = config.block_out_channels[0] ?? 0;
  const network = defineNetwork(`sample of ${key}`, (graph) => {
    const { context, additions } = words(graph);
    const layers = new Parameters(graph, weights, '', additions);
    const latent = graph.input('latent', [2, ...shape]);
    const time = embedTime(graph.input('time', [2, channels]), layers.at('time_embedding'), config);
    graph.output('prediction', cast(unetGraph(latent, { time, context }, [], layers, config), 'float32'));
  });
  const { count, alphas } = trainedNoise(unet.noiseSchedule);
  const size = shape.reduce((product, length) => product * length, 1);
  let latent = Float32Array.from(new TorchGenerator(BigInt(seed)).randn(size));
  const held = parameters.map(({ name, dims }, i) => [name, device.tensor(Float32Array.from(learned[i] ?? []), dims)]);
  const trained = Object.fromEntries(held) as Record<string, Tensor>;
  const settings = { flipSinToCos: config.flip_sin_to_cos, freqShift: config.freq_shift };
  const levelOf = (step: number) => Math.max(0, Math.round((step * count) / STEPS) - 1);
  try {
    for (let step = STEPS; step > 0; step--) {
      const timestep = levelOf(step);
      const time = embedTimestep(timestep, channels, settings);
      const given = {
        latent: device.tensor(Float32Array.from([...latent, ...latent]), [2, ...shape]),
        time: device.tensor(Float32Array.from([...time, ...time]), [2, channels]),
      };
      const answer = await device.run(network, { ...given, ...feeds, ...trained });
      const both = await device.read(outputOf(answer, 'prediction'));
      const before = alphas[timestep] ?? 1;
      const after = step > 1 ? (alphas[levelOf(step - 1)] ?? 1) : 1;
      latent = latent.map((noisy, at) => {
        const away = both[at] ?? 0;
        const prediction = away + GUIDANCE * ((both[size + at] ?? 0) - away);
        const { clean, noise } = separated(unet.predictionType, noisy, prediction, before);
        return Math.sqrt(after) * clean + Math.sqrt(1 - after) * noise;
      });
      for (const tensor of [...Object.values(given), ...Object.values(answer)]) device.dispose(tensor);
    }
    const clean = device.tensor(latent, [1, ...shape]);
    const tensor = await vae.decode(device, clean);
    device.dispose(clean);
    return { tensor };
  } finally {
    for (const tensor of Object.values(trained)) device.dispose(tensor);
  }
}

/** What a prediction says is picture and what is noise, where `alpha` is what is left of the picture's variance. */
function separated(type: UNet['predictionType'], noisy: number, prediction: number, alpha: number) {
  const [signal, spread] = [Math.sqrt(alpha), Math.sqrt(1 - alpha)];
  if (type === 'v_prediction') {
    return { clean: signal * noisy - spread * prediction, noise: signal * prediction + spread * noisy };
  }
  if (type === 'epsilon') return { clean: (noisy - spread * prediction) / signal, noise: prediction };
  return { clean: prediction, noise: (noisy - signal * prediction) / Math.max(spread, 1e-6) };
}

/** Embeddings `[2, length, width]` of nothing and of a prompt, and places `[2 * length, count]` of a learned word in them. */
export function promptFeeds(
  device: Device,
  nothing: Caption,
  prompt: Caption,
  { length, width }: Pick<Trainable, 'length' | 'width'>,
  count: number,
): Record<string, Tensor> {
  const embeddings = Float32Array.from([...nothing.embeddings, ...prompt.embeddings]);
  const places = new Float32Array(2 * prompt.places.length);
  places.set(prompt.places, prompt.places.length);
  return {
    embeddings: device.tensor(embeddings, [2, length, width]),
    ...(count > 0 && { places: device.tensor(places, [2 * length, count]) }),
  };
}
