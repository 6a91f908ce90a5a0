/** Weights of the source pixels `first`, `first + 1`, ... for one target pixel. */
interface Tap {
  readonly first: number;
  readonly weights: readonly number[];
}

/**
 * Triangle filter, as wide as a target pixel when shrinking (so that nothing aliases): Pillow's `BILINEAR`, which see
 * (`precompute_coeffs` in libImaging/Resample.c). `from` to `to` is the part of the source that is shown, in pixels.
 */
function taps(source: number, target: number, from: number, to: number): Tap[] {
  const scale = (to - from) / target;
  const support = Math.max(scale, 1);
  return Array.from({ length: target }, (_, i) => {
    const center = from + (i + 0.5) * scale;
    const first = Math.max(0, Math.trunc(center - support + 0.5));
    const last = Math.min(source, Math.trunc(center + support + 0.5));
    const raw = Array.from({ length: last - first }, (_, k) =>
      Math.max(0, 1 - Math.abs((first + k - center + 0.5) / support)),
    );
    const sum = raw.reduce((total, weight) => total + weight, 0);
    return { first, weights: raw.map((weight) => weight / sum) };
  });
}

/** The part of a picture that is shown, in pixels from its upper left corner. */
export interface Crop {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** `planes` pictures of one channel `[planes, height, width]`, cropped and resized to `[planes, to.height, to.width]`. */
export function resample(
  data: Float32Array,
  size: { readonly width: number; readonly height: number },
  to: { readonly width: number; readonly height: number },
  crop: Crop = { left: 0, top: 0, right: size.width, bottom: size.height },
): Float32Array<ArrayBuffer> {
  const planes = data.length / (size.width * size.height);
  const across = taps(size.width, to.width, crop.left, crop.right);
  const down = taps(size.height, to.height, crop.top, crop.bottom);
  const narrow = new Float32Array(planes * size.height * to.width);
  for (let row = 0; row < planes * size.height; row++)
    for (const [x, { first, weights }] of across.entries()) {
      let sum = 0;
      for (const [k, weight] of weights.entries()) sum += weight * (data[row * size.width + first + k] ?? 0);
      narrow[row * to.width + x] = sum;
    }
  const result = new Float32Array(planes * to.height * to.width);
  for (let plane = 0; plane < planes; plane++)
    for (const [y, { first, weights }] of down.entries())
      for (const [k, weight] of weights.entries()) {
        const from = (plane * size.height + first + k) * to.width;
        const at = (plane * to.height + y) * to.width;
        for (let x = 0; x < to.width; x++) result[at + x] = (result[at + x] ?? 0) + weight * (narrow[from + x] ?? 0);
      }
  return result;
}
