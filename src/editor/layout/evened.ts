interface Wish {
  readonly at: number;
  readonly weight: number;
}

/**
 * Places in a row, in the order given, each at least `room[i]` before the next, that are nearest to what is wished (least squares,
 * by weight). This is isotonic regression by pooling neighbours that violate the order (Barlow and others 1972).
 */
export function evened(wishes: readonly Wish[], room: readonly number[]): number[] {
  const offsets: number[] = [];
  let offset = 0;
  for (const length of room) {
    offsets.push(offset);
    offset += length;
  }
  const pools: { sum: number; weight: number; count: number }[] = [];
  for (const [i, { at, weight }] of wishes.entries()) {
    let pool = { sum: (at - (offsets[i] ?? 0)) * weight, weight, count: 1 };
    for (let last = pools.at(-1); last && last.sum / last.weight > pool.sum / pool.weight; last = pools.at(-1)) {
      pool = { sum: last.sum + pool.sum, weight: last.weight + pool.weight, count: last.count + pool.count };
      pools.pop();
    }
    pools.push(pool);
  }
  return pools
    .flatMap(({ sum, weight, count }) => Array.from({ length: count }, () => sum / weight))
    .map((place, i) => place + (offsets[i] ?? 0));
}
