import { expect, test } from 'vitest';
import recorded from '../../../test/fixtures/inspection.json';
import { differenceOf } from '../compare/difference';
import { rising, signed, toOklab } from './color-maps';
import { cosines, histogramOf, rowNorms, statisticsOf } from './statistics';

const close = (actual: number, wanted: number) =>
  expect(Math.abs(actual - wanted)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(wanted)));

test('mean, standard deviation, extremes and counts of what is not finite are those of numpy', () => {
  for (const { values, mean, std, min, max, nan, infinite, histogram } of recorded.statistics) {
    const numbers = Float32Array.from(values, (value) =>
      value === null
        ? Number.NaN
        : value === 'inf'
          ? Number.POSITIVE_INFINITY
          : value === '-inf'
            ? -Infinity
            : Number(value),
    );
    // Between others, so that the bounds count.
    const among = Float32Array.of(99, ...numbers, -99);
    const found = statisticsOf(among, 1, among.length - 1);
    close(found.mean, mean);
    close(found.std, std);
    expect(found).toMatchObject({ min, max, nan, infinite, count: values.length });
    expect(histogramOf(among, { bins: 12, low: -2, high: 3 }, 1, among.length - 1)).toEqual(histogram);
  }
});

test('nothing finite has no mean', () => {
  expect(statisticsOf([Number.NaN, Number.POSITIVE_INFINITY])).toEqual({
    count: 2,
    mean: Number.NaN,
    std: Number.NaN,
    min: Number.NaN,
    max: Number.NaN,
    nan: 1,
    infinite: 1,
  });
});

test('norms of rows and cosines between them are those of numpy', () => {
  const { a, b, width, norms, cosines: wanted } = recorded.rows;
  for (const [i, norm] of rowNorms(a, width).entries()) close(norm, norms[i] as number);
  const found = cosines(a, b, width);
  expect([found.length, found[0]?.length]).toEqual([4, 3]);
  for (const [i, row] of found.entries())
    for (const [j, cosine] of row.entries()) close(cosine, wanted[i]?.[j] as number);
});

test('PSNR and the other differences are what their definitions give in numpy', () => {
  const { a, b, mse, psnr, max, mean, differ } = recorded.compared;
  const found = differenceOf(a, b, 1);
  close(found.squared, mse);
  close(found.psnr, psnr);
  close(found.max, max);
  close(found.mean, mean);
  close(found.differ, differ);
  close(Math.abs((a[found.maxAt] as number) - (b[found.maxAt] as number)), max);
  expect(differenceOf(a, a, 1)).toMatchObject({ psnr: Number.POSITIVE_INFINITY, max: 0, differ: 0 });
  expect(() => differenceOf(a, [1], 1)).toThrow('48 numbers cannot be compared with 1.');
});

test('equal steps along a colour map look equally large, and it is lightest where it should be', () => {
  for (const map of [rising, signed]) {
    const points = map.map(toOklab);
    const every = 8;
    const apart = points.flatMap((point, i) => {
      const next = points[i + every];
      return next ? [Math.hypot(...point.map((value, axis) => value - (next[axis] as number)))] : [];
    });
    // Where a map turns, the way as the crow flies is shorter; elsewhere only rounding to bytes differs.
    const sorted = apart.toSorted((x, y) => x - y);
    const middle = sorted[sorted.length >> 1] as number;
    expect(sorted.filter((step) => Math.abs(step / middle - 1) > 0.2).length / sorted.length).toBeLessThan(0.2);
  }
  const lightness = (map: readonly (readonly [number, number, number])[]) => map.map((color) => toOklab(color)[0]);
  const up = lightness(rising);
  expect(up.every((value, i) => i === 0 || value > (up[i - 1] as number) - 1e-3)).toBe(true);
  const both = lightness(signed);
  expect(both.indexOf(Math.max(...both))).toBe(128);
  expect(Math.abs((both[0] as number) - (both[255] as number))).toBeLessThan(0.1);
});
