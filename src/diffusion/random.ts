import type { Generator } from '../core/values';
import { TorchGenerator } from './random/torch-generator';

export { parseSeed, TorchGenerator } from './random/torch-generator';

/**
 * The next normal tensor of a generator: `count` float32 values (all elements of `[n, c, h, w]` at once, as torch draws a
 * batch), bit for bit those of torch, and the generator for whoever draws next. Every draw of one generator has to have
 * the same count.
 */
export function drawNoise(
  generator: Generator,
  count: number,
): { noise: Float32Array<ArrayBuffer>; generator: Generator } {
  const stream = new TorchGenerator(generator.seed);
  stream.skipRandn(count, generator.draws);
  return { noise: stream.randn(count), generator: { seed: generator.seed, draws: generator.draws + 1 } };
}
