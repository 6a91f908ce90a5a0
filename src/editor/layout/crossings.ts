import type { Cell, Piece } from './layered';

/** Where a piece of a wire ends in a layer: the place of its box there, and within it. */
const share = (y: number, { height }: Cell) => (height > 0 ? y / (height + 1) : 0.5);

type Order = ReadonlyMap<Cell, number>;

const start = ({ from, fromY }: Piece, order: Order) => (order.get(from) ?? 0) + share(fromY, from);
const end = ({ to, toY }: Piece, order: Order) => (order.get(to) ?? 0) + share(toY, to);

/** How many pairs of wires cross, layer by layer: inversions, counted while they are sorted in. */
function crossings(pieces: readonly Piece[], layers: readonly (readonly Cell[])[]): number {
  const order = new Map(layers.flatMap((layer) => layer.map((cell, i) => [cell, i] as const)));
  let count = 0;
  for (const [i] of layers.entries()) {
    const between = pieces
      .filter(({ from }) => from.layer === i)
      .map((piece) => [start(piece, order), end(piece, order)] as const)
      .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const ends: number[] = [];
    for (const [, y] of between) {
      let [low, high] = [0, ends.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((ends[middle] ?? 0) <= y) low = middle + 1;
        else high = middle;
      }
      count += ends.length - low;
      ends.splice(low, 0, y);
    }
  }
  return count;
}

const sweeps = 16;

/** Sorts the cells of each layer so that few wires cross: by the mean of where their wires end in the layer before, or behind. */
export function leastCrossings(
  layers: Cell[][],
  pieces: readonly Piece[],
  at: ReadonlyMap<Cell, readonly Piece[]>,
): void {
  for (const layer of layers) layer.sort((a, b) => a.y - b.y);
  let best = layers.map((layer) => [...layer]);
  let fewest = crossings(pieces, layers);
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep++) {
    const right = sweep % 2 === 0;
    const order = new Map(layers.flatMap((layer) => layer.map((cell, i) => [cell, i] as const)));
    for (const layer of right ? layers : layers.toReversed()) {
      const mean = new Map(
        layer.map((cell, i) => {
          const ends = (at.get(cell) ?? [])
            .filter(({ from, to }) => (right ? to : from) === cell)
            // Where the own socket sits moves the wish the other way.
            .map((piece) =>
              right
                ? start(piece, order) - share(piece.toY, cell) + 0.5
                : end(piece, order) - share(piece.fromY, cell) + 0.5,
            );
          return [cell, ends.length ? ends.reduce((sum, value) => sum + value, 0) / ends.length : i + 0.5];
        }),
      );
      layer.sort((a, b) => (mean.get(a) ?? 0) - (mean.get(b) ?? 0));
      for (const [i, cell] of layer.entries()) order.set(cell, i);
    }
    const now = crossings(pieces, layers);
    if (now < fewest) {
      fewest = now;
      best = layers.map((layer) => [...layer]);
    }
  }
  for (const [i, layer] of layers.entries()) layer.splice(0, layer.length, ...(best[i] ?? []));
}
