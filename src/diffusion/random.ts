import type { Generator } from '../core/values';
import { parseSeed, TorchGenerator } from './random/torch-generator';

export { parseSeed, TorchGenerator } from './random/torch-generator';

/**
 * The next normal tensor of a generator: `count` float32 values (all elements of `[n, c, h, w]`), bit for bit those of
 * torch, and the generator for whoever draws a tensor of that size next. One seed draws the batch at once, as
 * `torch.randn` does; a seed for each image draws them one by one, as diffusers does with a list of generators.
 */
export function drawNoise(
  generator: Generator,
  count: number,
): { noise: Float32Array<ArrayBuffer>; generator: Generator } {
  const seeds = generator.seeds ?? [generator.seed];
  const each = perStream(generator, count);
  const noise = new Float32Array(count);
  for (const [i, seed] of seeds.entries()) {
    const stream = new TorchGenerator(seed);
    for (const size of generator.before ?? []) stream.skipRandn(size, 1);
    stream.skipRandn(each, generator.draws);
    noise.set(stream.randn(each), i * each);
  }
  return { noise, generator: { ...generator, draws: generator.draws + 1 } };
}

/** The start of the stream of one seed, or where `seeds` lists any ("7, 42"), of one stream for each image. */
export function startGenerator(seed: string, seeds: string): Generator {
  const list = seeds
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map((word) => String(parseSeed(word)));
  const [first] = list;
  return first === undefined ? { seed, draws: 0 } : { seed: first, seeds: list, draws: 0 };
}

/** The same place in the stream, for whoever draws tensors of `next` elements where they had `drawn` before. */
export function resizeDraws(generator: Generator, drawn: number, next: number): Generator {
  if (drawn === next || generator.draws === 0) return generator;
  const each = perStream(generator, drawn);
  const before = [...(generator.before ?? []), ...Array.from({ length: generator.draws }, () => each)];
  return { ...generator, before, draws: 0 };
}

function perStream({ seeds }: Generator, count: number): number {
  const streams = seeds?.length ?? 1;
  if (count % streams)
    throw new Error(`There are ${streams} seeds, one for each image, but ${count} values to draw do not divide so.`);
  return count / streams;
}
