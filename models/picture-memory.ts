import type { MemoryNeed } from '../src/core/device';
import { cellPixels, type Foreseen, type Size, sizeWords } from '../src/core/foresight';

/** What is worth a word where a device does not tell how much it has, in bytes. */
const MUCH = 4e9;

/** Parts of the sides of a picture that are tried, from the largest. */
const PARTS = [0.9, 0.75, 0.6, 0.5, 0.4, 0.3, 0.25, 0.2, 0.15, 0.1];

/** Sides that all models take well, in pixels. */
const STEP = 64;

const gigabytes = (bytes: number) => `${Number((bytes / 1e9).toPrecision(2))} GB`;

/**
 * What is wrong at `port` where a latent of this size, in cells, does not fit into the device's memory, with the largest
 * smaller picture that would. Where the device tells no limit, a large need is a hint.
 */
export function pictureMemory(
  port: string,
  latent: Size,
  needOf: (latent: Size) => MemoryNeed | undefined,
): Foreseen | undefined {
  const need = needOf(latent);
  if (!need) return undefined;
  const pixels = { width: latent.width * cellPixels, height: latent.height * cellPixels };
  const { weights, activations, limit, misfit } = need;
  if (misfit === undefined) {
    if (limit !== undefined || weights + activations < MUCH) return undefined;
    return {
      port,
      hint: true,
      what: `A picture of ${sizeWords(pixels)} needs about ${gigabytes(weights + activations)}: ${gigabytes(weights)} of weights and ${gigabytes(activations)} for the picture.`,
      cure: 'Browsers do not tell how much a graphics adapter has; a smaller picture needs less.',
    };
  }
  const what = `${latent.count && latent.count > 1 ? `${latent.count} pictures` : 'A picture'} of ${sizeWords(pixels)} will not fit into memory. ${misfit}`;
  const smaller = PARTS.map((part) => ({
    width: Math.floor((pixels.width * part) / STEP) * STEP,
    height: Math.floor((pixels.height * part) / STEP) * STEP,
  })).find(
    ({ width, height }) =>
      width > 0 &&
      height > 0 &&
      needOf({ ...latent, width: width / cellPixels, height: height / cellPixels })?.misfit === undefined,
  );
  if (!smaller) return { port, what, cure: 'Choose a smaller model, or fewer pictures at once.' };
  return {
    port,
    what,
    cure: `${sizeWords(smaller)} would fit${latent.count && latent.count > 1 ? ', or fewer pictures at once' : ''}.`,
    resize: { port, ...smaller },
  };
}

/** What is wrong where an autoencoder that may not work in tiles has no room for a whole picture. `act` is what it does with it. */
export function wholePicture(need: MemoryNeed | undefined, act: 'Decode' | 'Encode'): Foreseen | undefined {
  if (need?.misfit === undefined) return undefined;
  return {
    port: 'tiles',
    what: `The whole picture will not fit into memory. ${need.misfit}`,
    cure: `${act} it in tiles.`,
    set: { label: `${act} in tiles`, params: { tiles: 'auto' } },
  };
}
