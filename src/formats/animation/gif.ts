import * as gifenc from 'gifenc';
import type { Film } from './film';

/** Browsers get its named exports; Node, which takes it as a CommonJS module, sees only one that holds them. */
const named: Partial<typeof gifenc> = gifenc;
const { applyPalette, GIFEncoder, quantize } = named.quantize ? gifenc : gifenc.default;

/** GIF counts in hundredths of a second, and programs show shorter frames than two of them slower. */
const unit = 10;

/** A GIF that plays for ever, each picture with 256 colours of its own. */
export function encodeGif({ width, height, frames }: Film): Uint8Array<ArrayBuffer> {
  const gif = GIFEncoder();
  let [time, written] = [0, 0];
  for (const { pixels, milliseconds } of frames) {
    const palette = quantize(pixels, 256);
    time += milliseconds;
    // What rounding leaves over goes to the next, so that the whole lasts as long as it should.
    const delay = Math.max(2, Math.round((time - written) / unit)) * unit;
    written += delay;
    gif.writeFrame(applyPalette(pixels, palette), width, height, { palette, delay });
  }
  gif.finish();
  return gif.bytes();
}
