import type { PlainTensor } from '../../engine/recording/plain';

/** A picture for the screen: RGBA, 8 bits each. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

/**
 * Red, green and blue of each channel of Stable Diffusion's latents, around a middle grey: fitted to what its autoencoder
 * decodes, as others print them (discuss.huggingface.co/t/23204, "Decoding latents to RGB without upscaling").
 */
const stableDiffusion: readonly (readonly number[])[] = [
  [0.298, 0.207, 0.208],
  [0.187, 0.286, 0.173],
  [-0.158, 0.189, 0.264],
  [-0.184, -0.271, -0.473],
];

/** Red, green and blue of each channel, where nothing better is known. */
const byTurns = (channels: number): readonly (readonly number[])[] =>
  channels === 4
    ? stableDiffusion
    : Array.from({ length: channels }, (_, c) => [0, 1, 2].map((color) => (channels < 3 || c % 3 === color ? 0.3 : 0)));

/** How far along its longest red, green and blue reach before they are cut off, in standard deviations of the colours. */
const reach = 2.2;

/**
 * Image `index` of a latent or a prediction `[n, c, h, w]` as colours: one linear mix of its channels, stretched to the range of
 * its numbers, so that pure noise and a finished picture are both seen.
 */
export function projected({ dims, data }: PlainTensor, index: number): Pixels {
  const [, channels = 1, height = 1, width = 1] = dims;
  const plane = width * height;
  const factors = byTurns(channels);
  const colors = new Float32Array(3 * plane);
  let [sum, squares] = [0, 0];
  for (let color = 0; color < 3; color++)
    for (let i = 0; i < plane; i++) {
      let value = 0;
      for (let c = 0; c < channels; c++)
        value += (factors[c]?.[color] ?? 0) * (data[(index * channels + c) * plane + i] as number);
      if (!Number.isFinite(value)) value = 0;
      colors[color * plane + i] = value;
      sum += value;
      squares += value * value;
    }
  const count = 3 * plane;
  const mean = sum / count;
  const spread = Math.sqrt(Math.max(0, squares / count - mean * mean)) || 1;
  const pixels = new Uint8ClampedArray(4 * plane).fill(255);
  for (let color = 0; color < 3; color++)
    for (let i = 0; i < plane; i++)
      pixels[4 * i + color] = 127.5 + (127.5 * ((colors[color * plane + i] as number) - mean)) / (reach * spread);
  return { width, height, pixels };
}

/** Image `index` of RGB `[n, 3, h, w]` or of one channel `[n, 1, h, w]` in 0..1. */
export function pictured({ dims, data }: PlainTensor, index: number): Pixels {
  const [, channels = 1, height = 1, width = 1] = dims;
  const plane = width * height;
  const pixels = new Uint8ClampedArray(4 * plane).fill(255);
  for (let color = 0; color < 3; color++) {
    const from = (index * channels + Math.min(color, channels - 1)) * plane;
    for (let i = 0; i < plane; i++) pixels[4 * i + color] = 255 * (data[from + i] as number);
  }
  return { width, height, pixels };
}
