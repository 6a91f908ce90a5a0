import type { Picture } from '../../engine/events';

/** A picture as a PNG file. */
export async function pngOf({ pixels, width, height }: Picture): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
}
