import type { Device, Tensor } from '../src/core/device';

/**
 * How diffusers cuts what is too large for an autoencoder into overlapping tiles, and lays what comes of them together
 * (`AutoencoderKL.tiled_decode`, `_tiled_encode`). Sizes are those of one side: of tiles as they go in, in the units of the input,
 * and as they come out, in those of the output.
 */
export interface Tiling {
  readonly size: number;
  /** From the start of one tile to that of the next. */
  readonly step: number;
  /** Over how much of a tile the one before it fades out. */
  readonly blend: number;
  /** How much of a tile is kept, from its start. */
  readonly kept: number;
}

/** A quarter of each tile lies over the next. */
const OVERLAP = 0.25;

/** For tiles of `size`, each side of which becomes one of `made`; undefined for sizes that leave gaps. */
export function tilingFor(size: number, made: number): Tiling | undefined {
  const step = Math.floor(size * (1 - OVERLAP));
  const blend = Math.floor(made * OVERLAP);
  const kept = made - blend;
  return step > 0 && step * made === kept * size ? { size, step, blend, kept } : undefined;
}

/** Whether a tensor `[n, c, h, w]` is larger than one tile. */
export const exceeds = ({ dims: [, , height = 0, width = 0] }: Tensor, { size }: Tiling): boolean =>
  height > size || width > size;

interface Planes {
  readonly data: Float32Array<ArrayBuffer>;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/**
 * Runs `work` on the tiles of `[n, c, h, w]`, each picture by itself, and blends what comes of them on the host, so that the
 * device never holds more than a tile.
 */
export async function inTiles(
  device: Device,
  input: Tensor,
  tiling: Tiling,
  work: (tile: Tensor) => Promise<Tensor>,
): Promise<Tensor> {
  const [n = 1, channels = 0, height = 0, width = 0] = input.dims;
  const numbers = await device.read(input);
  const pictures: Planes[] = [];
  for (let picture = 0; picture < n; picture += 1) {
    const begin = picture * channels * height * width;
    const data = numbers.slice(begin, begin + channels * height * width);
    pictures.push(await tiled(device, { data, channels, height, width }, tiling, work));
  }
  const [first] = pictures;
  if (!first) throw new Error('There is nothing to cut into tiles.');
  const all = new Float32Array(n * first.data.length);
  for (const [i, { data }] of pictures.entries()) all.set(data, i * first.data.length);
  return device.tensor(all, [n, first.channels, first.height, first.width]);
}

async function tiled(
  device: Device,
  input: Planes,
  tiling: Tiling,
  work: (tile: Tensor) => Promise<Tensor>,
): Promise<Planes> {
  const { step, blend, kept } = tiling;
  const rows: Planes[][] = [];
  for (let top = 0; top < input.height; top += step) {
    const above = rows.at(-1);
    const row: Planes[] = [];
    for (let left = 0; left < input.width; left += step) {
      const tile = await planesOf(device, cut(input, top, left, tiling.size), work);
      // Those before it are blended already, in the order of diffusers.
      const upper = above?.[row.length];
      if (upper) fadeDown(upper, tile, blend);
      const before = row.at(-1);
      if (before) fadeAcross(before, tile, blend);
      row.push(tile);
    }
    rows.push(row);
  }
  return joined(rows.map((row) => row.map((tile) => cut(tile, 0, 0, kept))));
}

async function planesOf(
  device: Device,
  { data, channels, height, width }: Planes,
  work: (tile: Tensor) => Promise<Tensor>,
): Promise<Planes> {
  const tile = device.tensor(data, [1, channels, height, width]);
  try {
    const made = await work(tile);
    const [, c = 0, h = 0, w = 0] = made.dims;
    const planes = { data: Float32Array.from(await device.read(made)), channels: c, height: h, width: w };
    device.dispose(made);
    return planes;
  } finally {
    device.dispose(tile);
  }
}

/** At most `size` on each side, from `top` and `left` on. */
function cut(from: Planes, top: number, left: number, size: number): Planes {
  const height = Math.min(size, from.height - top);
  const width = Math.min(size, from.width - left);
  const data = new Float32Array(from.channels * height * width);
  for (let c = 0; c < from.channels; c += 1) {
    for (let y = 0; y < height; y += 1) {
      const begin = (c * from.height + top + y) * from.width + left;
      data.set(from.data.subarray(begin, begin + width), (c * height + y) * width);
    }
  }
  return { data, channels: from.channels, height, width };
}

/** The lower end of `a` fades into the upper end of `b`. */
function fadeDown(a: Planes, b: Planes, most: number): void {
  const extent = Math.min(a.height, b.height, most);
  for (let c = 0; c < b.channels; c += 1) {
    for (let y = 0; y < extent; y += 1) {
      const from = (c * a.height + a.height - extent + y) * a.width;
      const to = (c * b.height + y) * b.width;
      for (let x = 0; x < b.width; x += 1) b.data[to + x] = mixed(a.data[from + x], b.data[to + x], y / extent);
    }
  }
}

/** The right end of `a` fades into the left end of `b`. */
function fadeAcross(a: Planes, b: Planes, most: number): void {
  const extent = Math.min(a.width, b.width, most);
  for (let row = 0; row < b.channels * b.height; row += 1) {
    const from = (row + 1) * a.width - extent;
    const to = row * b.width;
    for (let x = 0; x < extent; x += 1) b.data[to + x] = mixed(a.data[from + x], b.data[to + x], x / extent);
  }
}

const mixed = (a = 0, b = 0, share: number): number => a * (1 - share) + b * share;

/** Tiles side by side, row below row. */
function joined(rows: readonly (readonly Planes[])[]): Planes {
  const channels = rows[0]?.[0]?.channels ?? 0;
  const height = rows.reduce((sum, [tile]) => sum + (tile?.height ?? 0), 0);
  const width = (rows[0] ?? []).reduce((sum, tile) => sum + tile.width, 0);
  const data = new Float32Array(channels * height * width);
  let top = 0;
  for (const row of rows) {
    let left = 0;
    for (const tile of row) {
      for (let c = 0; c < channels; c += 1) {
        for (let y = 0; y < tile.height; y += 1) {
          const begin = (c * tile.height + y) * tile.width;
          data.set(tile.data.subarray(begin, begin + tile.width), (c * height + top + y) * width + left);
        }
      }
      left += tile.width;
    }
    top += row[0]?.height ?? 0;
  }
  return { data, channels, height, width };
}
