import { expect, test } from 'vitest';
import { openPlace } from './boxes';

const size = { width: 100, height: 50 };

test('a place that is free is taken as it is', () => {
  expect(openPlace([10, 20], size, [])).toEqual([10, 20]);
});

test('where something lies, the nearest place beside it is taken, with a gap', () => {
  const [x, y] = openPlace([0, 0], size, [{ x: 0, y: 0, width: 400, height: 50 }]);
  expect(x).toBe(0);
  expect(Math.abs(y)).toBeGreaterThanOrEqual(50 + 16);
  expect(Math.abs(y)).toBeLessThan(50 + 16 + 24);
});

test('nodes placed one after the other never hide each other', () => {
  const placed: { x: number; y: number; width: number; height: number }[] = [];
  for (let i = 0; i < 40; i++) {
    const [x, y] = openPlace([0, 0], size, placed);
    for (const box of placed)
      expect(x >= box.x + 100 || x + 100 <= box.x || y >= box.y + 50 || y + 50 <= box.y).toBe(true);
    placed.push({ x, y, ...size });
  }
});
