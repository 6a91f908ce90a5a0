import type { Picture } from '../../engine/events';

/** A film of latents would be of the size of a stamp: their cells become squares of whole pixels, as wide as this at least. */
const least = 256;

/** A picture with each pixel as a square of pixels, where it is small. */
export function enlarged(picture: Picture): Picture {
  const { width, height, pixels } = picture;
  const factor = Math.ceil(least / Math.max(1, width));
  if (factor <= 1) return picture;
  const [from, to] = [
    new Uint32Array(pixels.buffer, pixels.byteOffset, width * height),
    new Uint32Array(width * height * factor ** 2),
  ];
  const wide = width * factor;
  for (let y = 0; y < height; y++) {
    const row = factor * y * wide;
    for (let x = 0; x < width; x++) to.fill(from[y * width + x] as number, row + x * factor, row + (x + 1) * factor);
    for (let copy = 1; copy < factor; copy++) to.copyWithin(row + copy * wide, row, row + wide);
  }
  return { width: wide, height: height * factor, pixels: new Uint8ClampedArray(to.buffer) };
}
