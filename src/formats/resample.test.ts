import { expect, it } from 'vitest';
import cases from '../../test/fixtures/resampled.json';
import { resample } from './resample';

it.each(cases)('resizes $size to $to as Pillow does', ({ size, to, box, pixels, resized }) => {
  const [width = 0, height = 0] = size;
  const [left = 0, top = 0, right = width, bottom = height] = box ?? [];
  const target = { width: to[0] as number, height: to[1] as number };
  const result = resample(Float32Array.from(pixels), { width, height }, target, { left, top, right, bottom });
  expect(result).toHaveLength(resized.length);
  for (const [i, value] of resized.entries()) expect(result[i]).toBeCloseTo(value, 5);
});
