import { expect, test } from 'vitest';
import type { Parameter } from '../../core/parameters';
import { sliderScale } from './slider-scale';

const scale: Parameter = { name: 'scale', kind: 'number', default: 7.5, minimum: 0, maximum: 100, step: 0.1 };

test('the usual value stands where a thumb has room on both sides, and both ends are reached', () => {
  const { shareOf, valueAt } = sliderScale(scale) ?? {};
  expect(shareOf?.(7.5)).toBeCloseTo(0.3);
  expect([0, 0.3, 1].map((share) => valueAt?.(share))).toEqual([0, 7.5, 100]);
  // Values are those that the field itself would give.
  expect(valueAt?.(0.4)).toBe(13.9);
});

test('where the usual value is far from the lower end the slider is even', () => {
  const { shareOf, valueAt } = sliderScale({ ...scale, default: 1, maximum: 1, step: 0.05 }) ?? {};
  expect(shareOf?.(0.25)).toBe(0.25);
  expect(valueAt?.(0.26)).toBe(0.25);
});

test('what has no two ends, and a seed, has no slider', () => {
  const { maximum: _, ...endless } = scale;
  expect(sliderScale(endless)).toBeUndefined();
  expect(sliderScale({ ...scale, widget: 'seed' })).toBeUndefined();
});
