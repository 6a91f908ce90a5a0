import type { PictureRecord } from '../../storage/run-record';
import type { Filter } from './history-store';

const sizeOf = ({ width, height }: Pick<PictureRecord, 'width' | 'height'>): string => `${width} × ${height}`;

const is: Readonly<Record<Filter['only'], (picture: PictureRecord) => boolean>> = {
  all: () => true,
  starred: ({ starred }) => starred,
  grids: ({ labels, frames }) => labels.length > 0 && frames === undefined,
  animations: ({ frames }) => frames !== undefined,
};

/** The pictures that a filter leaves. Each of its words must stand somewhere in the graph's texts. */
export function filtered(pictures: readonly PictureRecord[], filter: Filter): readonly PictureRecord[] {
  const words = filter.words.toLowerCase().split(/\s+/).filter(Boolean);
  return pictures.filter(
    (picture) =>
      is[filter.only](picture) &&
      (filter.graph === '' || picture.name === filter.graph) &&
      (filter.model === '' || picture.models.includes(filter.model)) &&
      (filter.size === '' || sizeOf(picture) === filter.size) &&
      words.every((word) => picture.text.includes(word)),
  );
}

/** What there is to choose from in the filter, in the order of its last use. */
export const choicesOf = (pictures: readonly PictureRecord[]) => ({
  graphs: [...new Set(pictures.map(({ name }) => name))],
  models: [...new Set(pictures.flatMap(({ models }) => models))],
  sizes: [...new Set(pictures.map(sizeOf))],
});

/** A line of the grid: a day, or pictures of it side by side. */
export type Row =
  | { readonly day: string; readonly top: number; readonly height: number }
  | { readonly pictures: readonly PictureRecord[]; readonly top: number; readonly height: number };

/** In pixels. */
export interface Measure {
  readonly width: number;
  readonly gap: number;
  /** The least width of a picture. */
  readonly least: number;
  readonly dayHeight: number;
  /** What stands below a picture. */
  readonly captionHeight: number;
}

export interface Layout {
  readonly columns: number;
  /** The width of a picture. */
  readonly side: number;
  readonly rows: readonly Row[];
  readonly height: number;
}

/** Where everything stands: pictures in rows, each day under its name. `dayOf` is a day in words. */
export function layoutOf(
  pictures: readonly PictureRecord[],
  { width, gap, least, dayHeight, captionHeight }: Measure,
  dayOf: (at: number) => string,
): Layout {
  const columns = Math.max(1, Math.floor((width + gap) / (least + gap)));
  const side = Math.max(1, (width - (columns - 1) * gap) / columns);
  const rows: Row[] = [];
  let top = 0;
  let from = 0;
  while (from < pictures.length) {
    const day = dayOf(pictures[from]?.at ?? 0);
    let end = from + 1;
    while (end < pictures.length && dayOf(pictures[end]?.at ?? 0) === day) end += 1;
    rows.push({ day, top, height: dayHeight });
    top += dayHeight;
    for (let at = from; at < end; at += columns) {
      const height = side + captionHeight;
      rows.push({ pictures: pictures.slice(at, Math.min(end, at + columns)), top, height });
      top += height;
    }
    from = end;
  }
  return { columns, side, rows, height: top };
}

/** The rows that touch what is seen between two heights. */
export const rowsBetween = ({ rows }: Layout, from: number, to: number): readonly Row[] => {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (row && row.top + row.height < from) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < rows.length && (rows[end]?.top ?? 0) <= to) end += 1;
  return rows.slice(low, end);
};

/** The picture that an arrow key leads to from another; up and down keep the column as far as they can. */
export function step(layout: Layout, at: string, key: string): PictureRecord | undefined {
  const lines = layout.rows.flatMap((row) => ('pictures' in row ? [row.pictures] : []));
  const all = lines.flat();
  const index = all.findIndex(({ id }) => id === at);
  if (index < 0) return all[0];
  const line = lines.findIndex((pictures) => pictures.some(({ id }) => id === at));
  const column = lines[line]?.findIndex(({ id }) => id === at) ?? 0;
  const beside = (other: number) => {
    const pictures = lines[other];
    return pictures?.[Math.min(column, pictures.length - 1)];
  };
  switch (key) {
    case 'ArrowLeft':
      return all[index - 1];
    case 'ArrowRight':
      return all[index + 1];
    case 'ArrowUp':
      return beside(line - 1);
    case 'ArrowDown':
      return beside(line + 1);
    case 'PageUp':
      return beside(Math.max(0, line - 3));
    case 'PageDown':
      return beside(Math.min(lines.length - 1, line + 3));
    case 'Home':
      return all[0];
    case 'End':
      return all.at(-1);
    default:
      return undefined;
  }
}
