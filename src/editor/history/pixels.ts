import type { Picture } from '../../engine/events';

/** SHA-256 of a picture's pixels, hexadecimal. */
export async function pixelHash({ pixels }: Picture): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', pixels));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Two pictures of one size, pixel by pixel. */
export interface Difference {
  readonly pixels: number;
  /** How many of them differ. */
  readonly differ: number;
  /** By how much at most, of 255. */
  readonly most: number;
}

/** How two pictures differ; undefined where their sizes do. */
export function differenceOf(a: Picture, b: Picture): Difference | undefined {
  if (a.width !== b.width || a.height !== b.height) return undefined;
  let differ = 0;
  let most = 0;
  for (let at = 0; at < a.pixels.length; at += 4) {
    let here = 0;
    for (let c = 0; c < 4; c++) here = Math.max(here, Math.abs((a.pixels[at + c] ?? 0) - (b.pixels[at + c] ?? 0)));
    if (here > 0) differ += 1;
    most = Math.max(most, here);
  }
  return { pixels: a.width * a.height, differ, most };
}

/** The pixels of a picture file. */
export async function pixelsOf(png: Blob): Promise<Picture> {
  const bitmap = await createImageBitmap(png, { colorSpaceConversion: 'none', premultiplyAlpha: 'none' });
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('The browser gave no canvas to read the picture with.');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { width, height, pixels: context.getImageData(0, 0, width, height).data };
}

/** Sides of thumbnails, in pixels: what a tile is at most on a screen with two pixels for one. */
const thumbnailSide = 512;

/** A smaller picture for lists; undefined where the picture is small itself. */
export async function thumbnailOf({ pixels, width, height }: Picture): Promise<Blob | undefined> {
  if (Math.max(width, height) <= thumbnailSide) return undefined;
  const scale = thumbnailSide / Math.max(width, height);
  const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  const bitmap = await createImageBitmap(new ImageData(pixels, width, height), {
    resizeWidth: w,
    resizeHeight: h,
    resizeQuality: 'high',
  });
  const canvas = new OffscreenCanvas(w, h);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas.convertToBlob({ type: 'image/webp', quality: 0.88 });
}
