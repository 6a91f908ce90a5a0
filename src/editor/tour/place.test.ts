import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeBeside } from './place';

const words = { width: 280, height: 160 };

test('the words of the tour lie inside the window, and beside their anchor wherever a side has room', () => {
  const side = (most: number) => fc.integer({ min: 0, max: most });
  fc.assert(
    fc.property(side(1400), side(900), side(600), side(600), fc.constantFrom(390, 1024, 1440), (x, y, w, h, width) => {
      const window = { width, height: 844 };
      const anchor = { left: x % width, top: y % 844, width: Math.max(1, w), height: Math.max(1, h) };
      const { left, top } = placeBeside(anchor, words, window);
      expect(left).toBeGreaterThanOrEqual(12);
      expect(top).toBeGreaterThanOrEqual(12);
      expect(left + words.width).toBeLessThanOrEqual(width - 12);
      expect(top + words.height).toBeLessThanOrEqual(844 - 12);
      const room =
        anchor.left + anchor.width + 24 + words.width <= width ||
        anchor.left - 24 - words.width >= 0 ||
        anchor.top + anchor.height + 24 + words.height <= 844 ||
        anchor.top - 24 - words.height >= 0;
      const covers =
        left < anchor.left + anchor.width &&
        anchor.left < left + words.width &&
        top < anchor.top + anchor.height &&
        anchor.top < top + words.height;
      expect(room && covers).toBe(false);
    }),
  );
});
