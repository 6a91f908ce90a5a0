import { advances, baseline, characters, line, shades, size } from './glyphs';

/** RGBA, 8 bits each, row-major: what is written on. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

/** A line of words. */
export interface Words {
  readonly text: string;
  /** Pixels from the upper left corner of the sheet to the upper left corner of the line. */
  readonly x: number;
  readonly y: number;
  /** Pixels of the font; a line is 1.25 times as high. */
  readonly size: number;
  /** Red, green and blue, 0 to 255. */
  readonly color: readonly [number, number, number];
  /** From below to above; `x` and `y` are then the corner of the turned line. */
  readonly turned?: boolean;
}

/** How high a line is, in font sizes. */
export const lineHeight = line / size;

interface Glyph {
  readonly advance: number;
  /** Where its picture begins in the row of all of them, and how wide it is. */
  readonly at: number;
  readonly width: number;
}

/** Coverage 0 to 1, row-major. */
interface Coverage {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** The letters of the page as pixels: written the same in every browser and in the terminal. Latin-1 and a few signs. */
export class Lettering {
  readonly #glyphs = new Map<string, Glyph>();
  /** All glyphs in a row. */
  readonly #row: Coverage;

  private constructor(packed: Uint8Array) {
    let at = 0;
    for (const [i, character] of [...characters].entries()) {
      const advance = (advances[i] ?? 0) / 100;
      const width = Math.ceil(advance) + 2;
      this.#glyphs.set(character, { advance, at, width });
      at += width;
    }
    const data = Float32Array.from({ length: at * line }, (_, i) => {
      const two = packed[i >> 1] ?? 0;
      return (i & 1 ? two & 15 : two >> 4) / 15;
    });
    this.#row = { width: at, height: line, data };
  }

  static async load(): Promise<Lettering> {
    const bytes = Uint8Array.from(atob(shades), (sign) => sign.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
    return new Lettering(new Uint8Array(await new Response(stream).arrayBuffer()));
  }

  /** Pixels that a line of text takes. */
  widthOf(text: string, fontSize: number): number {
    const width = [...text].reduce((sum, one) => sum + this.#glyph(one).advance, 0);
    return (width * fontSize) / size;
  }

  /** The text in lines that are no wider than `width`; what does not fit into `most` of them ends in …. */
  wrap(text: string, fontSize: number, width: number, most: number): string[] {
    const fits = (words: string) => this.widthOf(words, fontSize) <= width;
    const lines: string[] = [];
    let rest = text.trim();
    while (rest) {
      if (lines.length === most - 1 || fits(rest)) {
        lines.push(fits(rest) ? rest : `${this.#longest(rest, (words) => fits(`${words}…`))}…`);
        break;
      }
      const whole = this.#longest(rest, fits);
      const space = rest.startsWith(' ', whole.length) ? whole.length : whole.lastIndexOf(' ');
      const end = space > 0 ? space : Math.max(1, whole.length);
      lines.push(rest.slice(0, end).trimEnd());
      rest = rest.slice(end).trimStart();
    }
    return lines;
  }

  #longest(text: string, fits: (words: string) => boolean): string {
    let words = '';
    for (const one of text) {
      if (!fits(words + one)) break;
      words += one;
    }
    return words.trimEnd();
  }

  /** Writes on a sheet. */
  write(sheet: Sheet, { text, x, y, size: fontSize, color, turned }: Words): void {
    if (!text) return;
    const upright = scaled(this.#lineOf(text), fontSize / size);
    const { width, height, data } = turned ? turnedLeft(upright) : upright;
    const [left, top] = [Math.round(x), Math.round(y)];
    for (let row = Math.max(0, -top); row < Math.min(height, sheet.height - top); row++)
      for (let column = Math.max(0, -left); column < Math.min(width, sheet.width - left); column++) {
        const cover = data[row * width + column] ?? 0;
        if (cover === 0) continue;
        const at = 4 * ((top + row) * sheet.width + left + column);
        for (let c = 0; c < 3; c++) {
          const under = sheet.pixels[at + c] ?? 0;
          sheet.pixels[at + c] = under + cover * ((color[c] ?? 0) - under);
        }
        sheet.pixels[at + 3] = Math.max(sheet.pixels[at + 3] ?? 0, 255 * cover);
      }
  }

  /** What no letter is known for is a box. */
  #glyph(character: string): Glyph {
    const known = this.#glyphs.get(character === '\u00a0' || character === '\n' ? ' ' : character);
    return known ?? { advance: size * 0.6, at: -1, width: Math.ceil(size * 0.6) };
  }

  /** A line at the size in which the glyphs were drawn. */
  #lineOf(text: string): Coverage {
    const glyphs = [...text].map((one) => this.#glyph(one));
    const width = Math.ceil(glyphs.reduce((sum, { advance }) => sum + advance, 0)) + 2;
    const data = new Float32Array(width * line);
    let pen = 0;
    for (const { advance, at, width: wide } of glyphs) {
      const left = Math.round(pen);
      for (let y = 0; y < line; y++)
        for (let x = 0; x < wide && left + x < width; x++) {
          const cover = at < 0 ? boxAt(x, y, wide) : (this.#row.data[y * this.#row.width + at + x] ?? 0);
          const place = y * width + left + x;
          data[place] = Math.max(data[place] ?? 0, cover);
        }
      pen += advance;
    }
    return { width, height: line, data };
  }
}

/** The rim of a box that stands where letters stand. */
function boxAt(x: number, y: number, width: number): number {
  const [top, bottom, left, right] = [6, baseline, 2, width - 3];
  if (x < left || x > right || y < top || y > bottom) return 0;
  return x <= left + 1 || x >= right - 1 || y <= top + 1 || y >= bottom - 1 ? 1 : 0;
}

/** Made larger or smaller: each pixel is the mean of what it covers. */
function scaled(from: Coverage, factor: number): Coverage {
  if (factor === 1) return from;
  const across = resampled(from.width, Math.max(1, Math.round(from.width * factor)), factor);
  const down = resampled(from.height, Math.max(1, Math.round(from.height * factor)), factor);
  const [width, height] = [across.length, down.length];
  const wide = new Float32Array(width * from.height);
  for (let y = 0; y < from.height; y++)
    for (const [x, taps] of across.entries())
      wide[y * width + x] = taps.reduce((sum, [at, part]) => sum + part * (from.data[y * from.width + at] ?? 0), 0);
  const data = new Float32Array(width * height);
  for (const [y, taps] of down.entries())
    for (let x = 0; x < width; x++)
      data[y * width + x] = taps.reduce((sum, [at, part]) => sum + part * (wide[at * width + x] ?? 0), 0);
  return { width, height, data };
}

/** For each new pixel the old ones that it is made of, with their parts: a triangle as wide as the larger of the two. */
function resampled(old: number, length: number, factor: number): (readonly [at: number, part: number])[][] {
  const reach = Math.max(1, 1 / factor);
  return Array.from({ length }, (_, i) => {
    const center = (i + 0.5) / factor - 0.5;
    const taps: [number, number][] = [];
    for (let at = Math.ceil(center - reach); at <= center + reach; at++) {
      const part = 1 - Math.abs(at - center) / reach;
      if (part > 0 && at >= 0 && at < old) taps.push([at, part]);
    }
    const sum = taps.reduce((all, [, part]) => all + part, 0);
    return taps.map(([at, part]) => [at, part / sum] as const);
  });
}

function turnedLeft({ width, height, data }: Coverage): Coverage {
  const turned = new Float32Array(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) turned[(width - 1 - x) * height + y] = data[y * width + x] ?? 0;
  return { width: height, height: width, data: turned };
}
