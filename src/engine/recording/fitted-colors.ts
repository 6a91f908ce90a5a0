import { solve } from '../../diffusion/linear-system';
import type { PlainTensor } from './plain';
import { type Colors, usualColors } from './projection';

/** How many cells the usual colours count for beside those that were seen. */
const trust = 32;

/**
 * The colours of an autoencoder's latents, by least squares over what it decoded so far. The usual ones are the prior, so that
 * a picture of a single colour says nothing about the others.
 */
export class FittedColors {
  readonly #channels: number;
  /** Sums of the products of what a cell has, which is its channels and a one, with each other and with red, green and blue. */
  readonly #products: Float64Array[];
  readonly #colors: Float64Array[];
  /** The solution, until something else is learned. */
  #solved: Colors | undefined;

  constructor(channels: number) {
    this.#channels = channels;
    const usual = usualColors(channels);
    const rows = [...usual.channels, usual.base];
    this.#products = rows.map((_, i) => Float64Array.from(rows, (_, j) => (i === j ? trust : 0)));
    this.#colors = [0, 1, 2].map((color) => Float64Array.from(rows, (row) => trust * (row[color] as number)));
  }

  /** Takes in a latent `[n, c, h, w]` and the picture `[n, 3, h * f, w * f]` that it was decoded to. */
  learn(latent: PlainTensor, image: PlainTensor): void {
    const [count = 0, channels = 0, height = 0, width = 0] = latent.dims;
    const factor = (image.dims[3] ?? 0) / width;
    if (channels !== this.#channels || !Number.isInteger(factor) || image.dims[2] !== height * factor) return;
    this.#solved = undefined;
    const plane = height * width;
    const cell = new Float64Array(channels + 1).fill(1);
    for (let i = 0; i < count * plane; i++) {
      const [n, place] = [Math.floor(i / plane), i % plane];
      for (let c = 0; c < channels; c++) cell[c] = latent.data[(n * channels + c) * plane + place] as number;
      // The middle of what the cell became stands for all of it.
      const y = Math.floor(place / width) * factor + (factor >> 1);
      const x = (place % width) * factor + (factor >> 1);
      const pixel = y * width * factor + x;
      for (const [a, row] of this.#products.entries()) add(row, cell, cell[a] as number);
      for (const [color, sums] of this.#colors.entries())
        add(sums, cell, image.data[(3 * n + color) * plane * factor * factor + pixel] as number);
    }
  }

  get colors(): Colors {
    this.#solved ??= this.#solve();
    return this.#solved;
  }

  #solve(): Colors {
    const matrix = this.#products.map((row) => [...row]);
    const mixes = this.#colors.map((sums) => solve(matrix, [...sums]));
    const rows = matrix.map((_, row) => mixes.map((mix) => mix[row] as number));
    return { channels: rows.slice(0, -1), base: rows.at(-1) as number[] };
  }
}

function add(to: Float64Array, values: Float64Array, factor: number): void {
  for (let i = 0; i < to.length; i++) to[i] = (to[i] as number) + factor * (values[i] as number);
}
