import type { Problem } from './problem';

/** What is known of a picture, a mask or a latent before a run. */
export interface Size {
  /** In pixels; of a latent in cells. */
  readonly width: number;
  readonly height: number;
  /** Pictures in the tensor. */
  readonly count?: number;
}

/** Pixels per cell of a latent, in both directions: of all models that Weft runs. */
export const cellPixels = 8;

/** What a node will run into, told before the run. `node` is not needed. */
export interface Foreseen extends Problem {
  /** It does not stand in the way of a run. */
  readonly hint?: boolean;
  /** A change of parameters that mends it, and what a button calls it. */
  readonly set?: { readonly label: string; readonly params: Readonly<Record<string, string | number | boolean>> };
  /** A node that the wire into `port` needs before it, and its parameters. */
  readonly insert?: { readonly type: string; readonly params: Readonly<Record<string, string | number | boolean>> };
  /** What comes into `port` starts at a node with this width and height, in pixels: they should be these. */
  readonly resize?: { readonly port: string; readonly width: number; readonly height: number };
}

/** What is known of a node's outputs before a run, by port, and what stands in its way. */
export interface Foresight {
  readonly sizes?: Readonly<Record<string, Size | undefined>>;
  /** Numbers and words that a node puts out whatever happens. */
  readonly values?: Readonly<Record<string, unknown>>;
  readonly problems?: readonly Foreseen[];
}

const isOther = (a: Size, b: Size): boolean => a.width !== b.width || a.height !== b.height;

/** The first two that differ in width or height, among those that are known. */
export function differing<T extends string>(sizes: Readonly<Partial<Record<T, Size>>>): [T, T] | undefined {
  const known = Object.entries(sizes).filter(([, size]) => size) as [T, Size][];
  const [first] = known;
  const other = first && known.find(([, size]) => isOther(size, first[1]));
  return other && [first[0], other[0]];
}

/** "512 × 768". */
export const sizeWords = ({ width, height }: Pick<Size, 'width' | 'height'>): string => `${width} × ${height}`;

const nearestMultiple = (value: number): number => Math.max(1, Math.round(value / cellPixels)) * cellPixels;

/** The nearest size that divides into the cells of a latent; undefined where a size does already. */
export function rounded({
  width,
  height,
}: Pick<Size, 'width' | 'height'>): { width: number; height: number } | undefined {
  const near = { width: nearestMultiple(width), height: nearestMultiple(height) };
  return isOther(near, { width, height }) ? near : undefined;
}

/** What is wrong with a rectangle that does not lie within a known size, and the one that does. */
export function outside(
  { left, top, width, height }: Readonly<Record<'left' | 'top' | 'width' | 'height', number>>,
  size: Size,
  what: string,
): Foreseen | undefined {
  if (left + width <= size.width && top + height <= size.height) return undefined;
  const params = {
    left: Math.min(left, size.width - 1),
    top: Math.min(top, size.height - 1),
    width: Math.min(width, size.width - Math.min(left, size.width - 1)),
    height: Math.min(height, size.height - Math.min(top, size.height - 1)),
  };
  return {
    port: 'width',
    what: `The rectangle does not fit into this ${what} of ${sizeWords(size)}.`,
    cure: 'Make it smaller or move it.',
    set: { label: 'Make it fit', params },
  };
}

/** What is wrong at `port` where noise is to be mixed with the latent of a picture and has another size. */
export function noiseFor(picture: Size | undefined, noise: Size | undefined, port: string): Foreseen | undefined {
  if (!picture || !noise || !isOther(picture, noise)) return undefined;
  return {
    port,
    what: `The picture’s latent has ${sizeWords(picture)} cells, the noise ${sizeWords(noise)}.`,
    cure: 'Give Noise the size of the picture.',
    resize: { port: 'noise', width: picture.width * cellPixels, height: picture.height * cellPixels },
  };
}
