import type { Axis } from '../core/define-node';
import { itemCount, itemLabels } from '../core/many';
import { Lettering, lineHeight, type Sheet, type Words } from './lettering/lettering';

/** How a grid of labelled pictures is laid out. All lengths are pixels. */
export interface GridLayout {
  readonly width: number;
  readonly height: number;
  /** The axis that goes across, the one that goes down, and those before, for whose items there are pages. */
  readonly pages: readonly GridPage[];
}

export interface GridPage {
  /** The items of all axes before the last two: "Sampler euler". */
  readonly title: string;
  /** Upper left corners, with the index of the picture that goes there. */
  readonly places: readonly { readonly index: number; readonly x: number; readonly y: number }[];
  readonly words: readonly Words[];
}

export interface GridOptions {
  readonly cell: { readonly width: number; readonly height: number };
  /** Pictures in a row; the length of the last axis where it is 0. */
  readonly columns?: number;
  readonly gap?: number;
  readonly labels?: boolean;
}

const ink = [38, 40, 46] as const;
const faint = [98, 102, 112] as const;

/** Largest number of lines that a label has. */
const mostLines = 4;

/**
 * Lays pictures out as a table: the last axis across, the one before down, a page for each item of those before. A single
 * axis, or another number of columns than it has items, makes rows of pictures with a label above each.
 */
export function layOutGrid(
  lettering: Lettering,
  axes: readonly Axis[],
  count: number,
  options: GridOptions,
): GridLayout {
  const { cell, gap = 4, labels = true } = options;
  const last = axes.at(-1);
  const columns = options.columns || last?.labels.length || Math.ceil(Math.sqrt(count));
  const table = axes.length > 1 && columns === last?.labels.length && itemCount(axes) === count;
  const font = Math.round(Math.min(32, Math.max(11, cell.width / 10)));
  const line = Math.ceil(font * lineHeight);
  const margin = labels ? Math.round(font * 0.75) : 0;

  const down = table ? axes.at(-2) : undefined;
  const outer = table ? axes.slice(0, -2) : [];
  const pageCount = itemCount(outer);
  const perPage = count / pageCount;
  const rows = Math.ceil(perPage / columns);

  const wrapped = (texts: readonly string[]) => texts.map((text) => lettering.wrap(text, font, cell.width, mostLines));
  const heightOf = (all: readonly (readonly string[])[]) => line * Math.max(0, ...all.map((lines) => lines.length));

  const heads = labels ? wrapped(table ? (last?.labels ?? []) : captionsOf(axes, count)) : [];
  const sides = labels && down ? wrapped(down.labels) : [];
  const rowTitle = labels && down ? line + Math.round(font * 0.25) : 0;
  const sideWidth = sides.length
    ? Math.ceil(Math.max(0, ...sides.flat().map((text) => lettering.widthOf(text, font)))) + Math.round(font * 0.75)
    : 0;
  const left = margin + rowTitle + sideWidth;
  const pageTitle = outer.length > 0 && labels ? line + Math.round(font * 0.5) : 0;
  const columnTitle = labels && axes.length > 0 ? line + Math.round(font * 0.25) : 0;
  const headHeight = heightOf(heads) + (heads.length ? Math.round(font * 0.25) : 0);
  const top = margin + pageTitle + columnTitle + (table ? headHeight : 0);
  const rowHeight = cell.height + gap + (table ? 0 : headHeight);
  const width = left + columns * (cell.width + gap) - gap + margin;
  const height = top + rows * rowHeight - gap + margin;

  const centered = (text: string, middle: number, y: number, color: Words['color'] = ink): Words => ({
    text,
    x: middle - lettering.widthOf(text, font) / 2,
    y,
    size: font,
    color,
  });
  const gridMiddle = left + (width - margin - left) / 2;

  const page = (number: number): GridPage => {
    const title = outer.map((axis, i) => `${axis.title} ${itemLabels(outer, number)[i] ?? ''}`).join(', ');
    const places = Array.from({ length: perPage }, (_, i) => {
      const [column, row] = [i % columns, Math.floor(i / columns)];
      const y = top + row * rowHeight + (table ? 0 : headHeight);
      return { index: number * perPage + i, x: left + column * (cell.width + gap), y };
    });
    const words: Words[] = [];
    if (!labels) return { title, places, words };
    if (pageTitle) words.push({ text: title, x: left, y: margin, size: font, color: ink });
    const titles = table ? last?.title : axes.map((axis) => axis.title).join(' × ');
    if (titles) words.push(centered(titles, gridMiddle, margin + pageTitle, faint));
    for (const [i, lines] of heads.entries()) {
      const place = places[i];
      if (!place) break;
      for (const [n, text] of lines.entries()) {
        const y = place.y - Math.round(font * 0.25) - (lines.length - n) * line;
        words.push(centered(text, place.x + cell.width / 2, y));
      }
    }
    for (const [row, lines] of sides.entries())
      for (const [n, text] of lines.entries()) {
        const middle = top + row * rowHeight + cell.height / 2;
        const x = left - Math.round(font * 0.5) - lettering.widthOf(text, font);
        words.push({ text, x, y: middle + (n - lines.length / 2) * line, size: font, color: ink });
      }
    if (down) {
      const long = lettering.widthOf(down.title, font);
      const y = top + (height - margin - top) / 2 - long / 2;
      words.push({ text: down.title, x: margin, y, size: font, color: faint, turned: true });
    }
    return { title, places, words };
  };
  return { width, height, pages: Array.from({ length: pageCount }, (_, number) => page(number)) };
}

const captionsOf = (axes: readonly Axis[], count: number): string[] =>
  axes.length === 0 ? [] : Array.from({ length: count }, (_, i) => itemLabels(axes, i).join(', '));

/** A page without its pictures: words on white. */
export function blankPage(lettering: Lettering, { width, height }: GridLayout, { words }: GridPage): Sheet {
  const sheet = { width, height, pixels: new Uint8ClampedArray(4 * width * height).fill(255) };
  for (const one of words) lettering.write(sheet, one);
  return sheet;
}

/** Grids of pictures of one size as they are shown, a sheet for each page. Missing pictures stay empty. */
export async function drawGrid(
  axes: readonly Axis[],
  pictures: readonly (Sheet | undefined)[],
  options: Omit<GridOptions, 'cell'> = {},
): Promise<(Sheet & { readonly title: string })[]> {
  const first = pictures.find((picture) => picture !== undefined);
  if (!first) return [];
  const lettering = await Lettering.load();
  const layout = layOutGrid(lettering, axes, pictures.length, { ...options, cell: first });
  return layout.pages.map((page) => {
    const sheet = blankPage(lettering, layout, page);
    for (const { index, x, y } of page.places) {
      const picture = pictures[index];
      if (picture) paste(sheet, picture, x, y);
    }
    return { ...sheet, title: page.title };
  });
}

function paste(sheet: Sheet, { width, height, pixels }: Sheet, x: number, y: number): void {
  for (let row = 0; row < height && y + row < sheet.height; row++) {
    const from = 4 * row * width;
    sheet.pixels.set(
      pixels.subarray(from, from + 4 * Math.min(width, sheet.width - x)),
      4 * ((y + row) * sheet.width + x),
    );
  }
}
