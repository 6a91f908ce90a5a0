import type { Value } from '../../src/onnx/graph';
import { cast } from '../../src/onnx/ops/cast';
import { multiply } from '../../src/onnx/ops/multiply';
import { reduceMean } from '../../src/onnx/ops/reduce-mean';
import { reshape } from '../../src/onnx/ops/reshape';
import { subtract } from '../../src/onnx/ops/subtract';
import { type Additions, Parameters } from '../../src/onnx/weights';
import { embedTime } from '../blocks/unet-encoder';
import { unet } from '../unet-graph';
import type { UNetParts } from './parts';

export interface NoisyShape {
  readonly batch: number;
  /** `[c, h, w]` of a latent. */
  readonly latent: readonly [number, number, number];
}

/**
 * The mean squared error `[1]` of what a UNet predicts for noisy latents (https://arxiv.org/abs/2006.11239, equation 14), each
 * of the batch with a timestep of its own. `context` is `[batch, tokens, width]`.
 * Inputs: `latent` and `target` `[batch, c, h, w]`, what the noise was added to and what is to be predicted; `time`
 * `[batch, d]`, the sinusoidal embeddings of the timesteps.
 */
export function denoisingLoss(
  context: Value,
  { config, weights }: Pick<UNetParts, 'config' | 'weights'>,
  { batch, latent: dims }: NoisyShape,
  additions?: Additions,
): Value {
  const { graph } = context;
  const parameters = new Parameters(graph, weights, '', additions);
  const latent = graph.input('latent', [batch, ...dims]);
  const target = graph.input('target', [batch, ...dims], 'float32');
  const sinusoids = graph.input('time', [batch, config.block_out_channels[0] ?? 0]);
  const time = embedTime(sinusoids, parameters.at('time_embedding'), config);
  const prediction = cast(unet(latent, { time, context }, [], parameters, config), 'float32');
  const error = subtract(prediction, target);
  const mean = reduceMean(
    multiply(error, error),
    error.dims.map((_, axis) => axis),
  );
  return reshape(mean, [1]);
}
