import { expect } from 'vitest';

/** Agreement within `tolerance` of the range that the expected numbers span. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < expected.length; i += 1) {
    const wanted = expected[i] as number;
    low = Math.min(low, wanted);
    high = Math.max(high, wanted);
    // Written so that NaN counts as infinitely far.
    const distance = Math.abs((actual[i] as number) - wanted);
    largest = distance <= largest ? largest : Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance;
  }
  expect(largest / (high - low || 1)).toBeLessThan(tolerance);
}
