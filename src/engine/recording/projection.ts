import type { Picture } from '../events';
import type { PlainTensor, PlainValue } from './plain';

/** Red, green and blue of a latent as one linear mix: a row `[red, green, blue]` for each channel, and one for a latent of zeros. */
export interface Colors {
  readonly channels: readonly (readonly number[])[];
  readonly base: readonly number[];
}

/**
 * For the autoencoder of Stable Diffusion 1 and 2, as others fitted it (discuss.huggingface.co/t/23204, "Decoding latents to RGB
 * without upscaling"), and for channels of which nothing is known.
 */
export function usualColors(channels: number): Colors {
  const known = [
    [0.149, 0.1035, 0.104],
    [0.0935, 0.143, 0.0865],
    [-0.079, 0.0945, 0.132],
    [-0.092, -0.1355, -0.2365],
  ];
  const byTurns = (c: number) => [0, 1, 2].map((color) => (channels < 3 || c % 3 === color ? 0.15 : 0));
  return {
    channels: channels === 4 ? known : Array.from({ length: channels }, (_, c) => byTurns(c)),
    base: [0.5, 0.5, 0.5],
  };
}

/**
 * A quick look at image `image` of a latent or prediction `[n, c, h, w]`: each cell in the colour that its channels mix to, made
 * smaller where it has more than `most` cells on a side. What reaches farther than a picture does, as noise, is scaled down.
 */
export function projected(
  { dims, data }: PlainTensor,
  image: number,
  colors?: Colors,
  most = Number.POSITIVE_INFINITY,
): Picture {
  const [, channels = 1, height = 1, width = 1] = dims;
  const plane = height * width;
  const from = image * channels * plane;
  const { channels: mix, base } = colors?.channels.length === channels ? colors : usualColors(channels);
  const scale = 1 / Math.max(1, spreadOf(data, from, channels * plane));
  return sampled(width, height, most, (i, pixel, at) => {
    let red = base[0] as number;
    let green = base[1] as number;
    let blue = base[2] as number;
    for (let c = 0; c < channels; c++) {
      const value = scale * (data[from + c * plane + i] as number);
      const row = mix[c] as [number, number, number];
      red += row[0] * value;
      green += row[1] * value;
      blue += row[2] * value;
    }
    pixel[at] = 255 * red;
    pixel[at + 1] = 255 * green;
    pixel[at + 2] = 255 * blue;
  });
}

/** Image `image` of RGB `[n, 3, h, w]` or of one channel `[n, 1, h, w]` in 0..1. */
export function pictured({ dims, data }: PlainTensor, image: number, most = Number.POSITIVE_INFINITY): Picture {
  const [, channels = 1, height = 1, width = 1] = dims;
  const plane = height * width;
  const from = image * channels * plane;
  return sampled(width, height, most, (i, pixel, at) => {
    for (let c = 0; c < 3; c++) pixel[at + c] = 255 * (data[from + Math.min(c, channels - 1) * plane + i] as number);
  });
}

/** A small picture of a value; undefined for kinds that have none. */
export function previewOf(value: PlainValue, colors: Colors | undefined, most: number): Picture | undefined {
  if (value.kind === 'latent' || value.kind === 'prediction') return projected(value.tensor, 0, colors, most);
  if (value.kind === 'image' || value.kind === 'mask') return pictured(value.tensor, 0, most);
  return undefined;
}

/** What one value has beyond another of its kind, made as strong as a picture is. */
export function differenceOf(
  value: PlainValue,
  other: PlainValue,
  colors: Colors | undefined,
  most: number,
): Picture | undefined {
  if (!('tensor' in value) || !('tensor' in other) || value.tensor.data.length !== other.tensor.data.length)
    return undefined;
  const { dims, data } = value.tensor;
  const difference = data.map((number, i) => number - (other.tensor.data[i] as number));
  const strength = 1 / (spreadOf(difference, 0, difference.length) || 1);
  return projected({ dims, data: difference.map((number) => number * strength) }, 0, colors, most);
}

/** Standard deviation of what is finite. */
function spreadOf(data: Float32Array, from: number, count: number): number {
  let [sum, squares, finite] = [0, 0, 0];
  for (let i = from; i < from + count; i++) {
    const value = data[i] as number;
    if (!Number.isFinite(value)) continue;
    sum += value;
    squares += value * value;
    finite += 1;
  }
  const mean = sum / Math.max(1, finite);
  return Math.sqrt(Math.max(0, squares / Math.max(1, finite) - mean * mean));
}

function sampled(
  width: number,
  height: number,
  most: number,
  paint: (from: number, pixels: Uint8ClampedArray, at: number) => void,
): Picture {
  const step = Math.max(1, Math.ceil(Math.max(width, height) / most));
  const [columns, rows] = [Math.ceil(width / step), Math.ceil(height / step)];
  const pixels = new Uint8ClampedArray(4 * columns * rows).fill(255);
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) paint(y * step * width + x * step, pixels, 4 * (y * columns + x));
  return { width: columns, height: rows, pixels };
}
