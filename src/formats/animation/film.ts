import type { Axis, Playback } from '../../core/define-node';
import { itemLabels } from '../../core/many';
import { ProblemError } from '../../core/problem';
import { Lettering, lineHeight, type Sheet } from '../lettering/lettering';

/** Pictures of one size, each for as long as it is seen. */
export interface Film {
  readonly width: number;
  readonly height: number;
  readonly frames: readonly { readonly pixels: Uint8ClampedArray<ArrayBuffer>; readonly milliseconds: number }[];
}

export interface Shot {
  /** Which picture. */
  readonly index: number;
  readonly milliseconds: number;
}

/** Which picture is seen how long: one after the other, maybe back again, and the last one longer. */
export function shotsOf(count: number, { rate, hold, back }: Pick<Playback, 'rate' | 'hold' | 'back'>): Shot[] {
  const each = 1000 / rate;
  const there = Array.from({ length: count }, (_, index) => ({
    index,
    milliseconds: index === count - 1 ? each + 1000 * hold : each,
  }));
  const again = back ? there.slice(1, -1).toReversed() : [];
  return [...there, ...again].map(({ index, milliseconds }) => ({ index, milliseconds }));
}

/** The film that pictures are in a file: those of one item after the other, with their labels written on them where wanted. */
export async function filmOf(axes: readonly Axis[], pictures: readonly Sheet[], playback: Playback): Promise<Film> {
  const [first] = pictures;
  if (!first) throw new ProblemError({ what: 'There are no pictures to animate.', cure: 'Run the graph first.' });
  const { width, height } = first;
  const other = pictures.find((picture) => picture.width !== width || picture.height !== height);
  if (other)
    throw new ProblemError({
      what: `The pictures of an animation must have one size; here are ${width} × ${height} and ${other.width} × ${other.height}.`,
      cure: 'Put a Resize image before it.',
    });
  const lettering = playback.labels && axes.length > 0 ? await Lettering.load() : undefined;
  const drawn = pictures.map(({ pixels }, index) =>
    lettering ? labelled(lettering, { width, height, pixels }, itemLabels(axes, index).join(', ')) : pixels,
  );
  const frames = shotsOf(pictures.length, playback).map(({ index, milliseconds }) => ({
    pixels: drawn[index] ?? first.pixels,
    milliseconds,
  }));
  return { width, height, frames };
}

/** A copy with words in its lower left corner, white on a shade. */
function labelled(
  lettering: Lettering,
  { width, height, pixels }: Sheet,
  text: string,
): Uint8ClampedArray<ArrayBuffer> {
  const sheet = { width, height, pixels: new Uint8ClampedArray(pixels) };
  const size = Math.round(Math.min(32, Math.max(10, width / 12)));
  const pad = Math.round(size / 3);
  const lines = lettering.wrap(text, size, width - 4 * pad, 2);
  if (lines.length === 0) return sheet.pixels;
  const wide = Math.ceil(Math.max(...lines.map((words) => lettering.widthOf(words, size)))) + 2 * pad;
  const high = Math.ceil(lines.length * size * lineHeight) + pad;
  const top = height - high;
  for (let y = Math.max(0, top); y < height; y++)
    for (let x = 0; x < Math.min(width, wide); x++)
      for (let c = 0; c < 3; c++) {
        const at = 4 * (y * width + x) + c;
        sheet.pixels[at] = 0.35 * (sheet.pixels[at] ?? 0);
      }
  for (const [i, words] of lines.entries()) {
    const y = top + pad / 2 + i * size * lineHeight;
    lettering.write(sheet, { text: words, x: pad, y, size, color: [255, 255, 255] });
  }
  return sheet.pixels;
}
