/** A picture with opacity: RGBA, 8 bits a channel, colours not multiplied by alpha, rows from the top. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** How much of each pixel something covers, 0 to 255. */
export interface Coverage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** Pixels from `left` and `top` to `right` and `bottom`, exclusive. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Red, green and blue, 0 to 255. */
export type Color = readonly [red: number, green: number, blue: number];

interface Size {
  readonly width: number;
  readonly height: number;
}

export const emptyBitmap = (width: number, height: number): Bitmap => ({
  width,
  height,
  data: new Uint8ClampedArray(4 * width * height),
});

export const emptyCoverage = (width: number, height: number): Coverage => ({
  width,
  height,
  data: new Uint8ClampedArray(width * height),
});

export const wholeOf = ({ width, height }: Size): Area => ({ left: 0, top: 0, right: width, bottom: height });

/** The part of an area that lies on a picture; empty ones have no pixels, and no negative ones either. */
export function within({ width, height }: Size, { left, top, right, bottom }: Area): Area {
  const box = {
    left: Math.max(0, Math.floor(left)),
    top: Math.max(0, Math.floor(top)),
    right: Math.min(width, Math.ceil(right)),
    bottom: Math.min(height, Math.ceil(bottom)),
  };
  return { ...box, right: Math.max(box.left, box.right), bottom: Math.max(box.top, box.bottom) };
}

export function union(a: Area | undefined, b: Area): Area {
  if (!a || a.right <= a.left || a.bottom <= a.top) return b;
  if (b.right <= b.left || b.bottom <= b.top) return a;
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

/** The pixels of an area, row by row. */
export function pixelsOf({ width, data }: Bitmap, { left, top, right, bottom }: Area): Uint8ClampedArray<ArrayBuffer> {
  const row = 4 * (right - left);
  const pixels = new Uint8ClampedArray(row * (bottom - top));
  for (let y = top; y < bottom; y++) {
    const from = 4 * (y * width + left);
    pixels.set(data.subarray(from, from + row), (y - top) * row);
  }
  return pixels;
}

export function putPixels(
  { width, data }: Bitmap,
  { left, top, right, bottom }: Area,
  pixels: Uint8ClampedArray,
): void {
  const row = 4 * (right - left);
  for (let y = top; y < bottom; y++)
    data.set(pixels.subarray((y - top) * row, (y - top + 1) * row), 4 * (y * width + left));
}

/**
 * Lays a colour on `base`, as opaque as `coverage` and `opacity` (0 to 1) say, into `target`; both have one size, and may be the
 * same. Without a colour it takes away. Porter and Duff's "over" and "out", https://doi.org/10.1145/800031.808606
 */
export function lay(
  target: Bitmap,
  base: Bitmap,
  coverage: Coverage,
  color: Color | undefined,
  opacity: number,
  { left, top, right, bottom }: Area,
): void {
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) {
      const pixel = y * base.width + x;
      const at = 4 * pixel;
      const covered = ((coverage.data[pixel] as number) / 255) * opacity;
      const below = (base.data[at + 3] as number) / 255;
      const alpha = color ? covered + below * (1 - covered) : below * (1 - covered);
      for (let channel = 0; channel < 3; channel++) {
        const old = base.data[at + channel] as number;
        // What is wholly transparent has no colour to mix with.
        const share = color && alpha > 0 ? covered / alpha : 0;
        target.data[at + channel] = color ? old + ((color[channel] as number) - old) * share : old;
      }
      target.data[at + 3] = 255 * alpha;
    }
}

/** What is opaque becomes transparent and the other way round; what had no colour gets this one. */
export function invert({ data }: Bitmap, color: Color): void {
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] === 0) data.set(color, at);
    data[at + 3] = 255 - (data[at + 3] as number);
  }
}

export const isEmpty = ({ data }: Bitmap): boolean => {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 0) return false;
  return true;
};

/** What one sees of a picture that lies on an opaque one of its size. */
export function laidOn(below: Bitmap, { width, height, data }: Bitmap): Bitmap {
  const seen = below.data.slice();
  for (let at = 0; at < data.length; at += 4) {
    const alpha = (data[at + 3] as number) / 255;
    for (let channel = 0; channel < 3; channel++) {
      const under = seen[at + channel] as number;
      seen[at + channel] = under + ((data[at + channel] as number) - under) * alpha;
    }
  }
  return { width, height, data: seen };
}
