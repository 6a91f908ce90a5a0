import { expect, test } from 'vitest';
import { toFloat32 } from '../formats/bytes-to-float32';
import { toFloat16 } from './float16';

const widened = (halves: Uint16Array) => toFloat32(new Uint8Array(halves.buffer), 'F16');

test('every half-precision number keeps its bits', () => {
  const halves = Uint16Array.from({ length: 0x10000 }, (_, bits) => bits);
  const back = toFloat16(widened(halves));
  for (const [bits, half] of back.entries()) {
    // All NaNs are one.
    if ((bits & 0x7c00) === 0x7c00 && (bits & 0x3ff) !== 0) expect(half & 0x7fff).toBe(0x7e00);
    else if (half !== bits) expect(half).toBe(bits);
  }
});

test('what lies between is rounded to the nearer, and half way to the even one', () => {
  const cases = [
    [1 + 2 ** -11, 1],
    [1 + 3 * 2 ** -11, 1 + 2 ** -9],
    [1 + 2 ** -11 + 2 ** -20, 1 + 2 ** -10],
    [-2049, -2048],
    [2 ** -25, 0],
    [3 * 2 ** -25, 2 ** -23],
    [2 ** -14 - 2 ** -26, 2 ** -14],
    [65519.9, 65504],
    [65520, Number.POSITIVE_INFINITY],
    [-1e9, Number.NEGATIVE_INFINITY],
  ] as const;
  const rounded = widened(toFloat16(Float32Array.from(cases, ([number]) => number)));
  expect([...rounded]).toEqual(cases.map(([, nearest]) => nearest));
});
