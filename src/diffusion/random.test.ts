import { describe, expect, test } from 'vitest';
import recorded from '../../test/fixtures/torch-randn.json';
import type { Generator } from '../core/values';
import { drawNoise, parseSeed, resizeDraws, TorchGenerator } from './random';

function bits(values: Float32Array<ArrayBuffer>): string[] {
  return [...new Uint32Array(values.slice().buffer)].map((word) => word.toString(16).padStart(8, '0'));
}

const elements = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

describe('the torch generator', () => {
  test.each(recorded.randn)(
    'draws the bits of torch.randn($size) with seed $seed',
    ({ seed, size, first, last, sum }) => {
      const values = new TorchGenerator(seed).randn(size);
      expect(bits(values.slice(0, 32))).toEqual(first);
      expect(bits(values.slice(-4))).toEqual(last);
      expect(values.reduce((total, value) => total + value, 0)).toBeCloseTo(sum, 6);
    },
  );

  test.each(recorded.rand)('draws the bits of torch.rand with seed $seed', ({ seed, values }) => {
    expect(bits(new TorchGenerator(seed).rand(values.length))).toEqual(values);
  });

  test.each(recorded.sequences)(
    'goes on from one tensor to the next as torch does: $shapes',
    ({ seed, shapes, last }) => {
      const generator = new TorchGenerator(seed);
      expect(shapes.map((shape) => bits(generator.randn(elements(shape)).slice(-4)))).toEqual(last);
    },
  );

  test.each(recorded.sequences.filter(({ shapes }) => new Set(shapes.map(String)).size === 1))(
    'reaches any draw of a stream of equal shapes without the ones before it: $shapes',
    ({ seed, shapes, last }) => {
      const count = elements(shapes[0] ?? []);
      shapes.forEach((_, draws) => {
        const drawn = drawNoise({ seed, draws }, count);
        expect(bits(drawn.noise.slice(-4))).toEqual(last[draws]);
        expect(drawn.generator).toEqual({ seed, draws: draws + 1 });
      });
    },
  );

  test.each(recorded.sequences)(
    'hands a stream on between tensors of different sizes: $shapes',
    ({ seed, shapes, last }) => {
      let generator: Generator = { seed, draws: 0 };
      for (const [i, shape] of shapes.entries()) {
        const drawn = drawNoise(
          resizeDraws(generator, elements(shapes[i - 1] ?? shape), elements(shape)),
          elements(shape),
        );
        expect(bits(drawn.noise.slice(-4))).toEqual(last[i]);
        generator = drawn.generator;
      }
    },
  );

  test('of a batch with a seed for each image holds what each seed draws alone, at every draw', () => {
    const count = 64;
    const seeds = ['7', '42', '18446744073709551615'];
    let batch: Generator = { seed: '7', seeds, draws: 0 };
    for (let draws = 0; draws < 3; draws++) {
      const drawn = drawNoise(batch, seeds.length * count);
      for (const [i, seed] of seeds.entries())
        expect(drawn.noise.slice(i * count, (i + 1) * count)).toEqual(drawNoise({ seed, draws }, count).noise);
      batch = drawn.generator;
    }
  });
});

describe('a seed', () => {
  test('may be a number, a bigint or decimal digits, negatives counting modulo 2^64', () => {
    expect(parseSeed(42)).toBe(42n);
    expect(parseSeed(7n)).toBe(7n);
    expect(parseSeed(' 18446744073709551615 ')).toBe(2n ** 64n - 1n);
    expect(parseSeed(-1)).toBe(2n ** 64n - 1n);
  });

  test.each(['', '1.5', '1e3', 'cat', '0x10'])('that is "%s" is refused in a sentence', (seed) => {
    expect(() => parseSeed(seed)).toThrow(`The seed "${seed}" is not a whole number.`);
  });

  test('beyond 64 bits is refused in a sentence', () => {
    expect(() => parseSeed('18446744073709551616')).toThrow(/too large/);
  });
});
