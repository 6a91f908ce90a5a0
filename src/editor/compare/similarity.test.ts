import { expect, test } from 'vitest';
import recorded from '../../../test/fixtures/inspection.json';
import { structuralSimilarity } from './similarity';

test('the structural similarity of two pictures is that of scikit-image', () => {
  for (const { width, height, a, cases } of recorded.similar.pictures) {
    const numbersOf = (base64: string) => {
      const bytes = Buffer.from(base64, 'base64');
      // Pixel by pixel in the file, channel by channel here.
      return Float32Array.from(bytes, (_, i) => {
        const plane = width * height;
        return (bytes[3 * (i % plane) + Math.floor(i / plane)] ?? 0) / 255;
      });
    };
    for (const [name, { b, ssim }] of Object.entries(cases)) {
      const found = structuralSimilarity(numbersOf(a), numbersOf(b), { channels: 3, height, width });
      expect(Math.abs(found - ssim), `${name}: ${found}, and not ${ssim}`).toBeLessThan(1e-6);
    }
  }
  expect(() => structuralSimilarity([], [], { channels: 3, height: 20, width: 10 })).toThrow(/10 × 20 is too small/);
});
