/** What numbers say of themselves. Those that are not finite are counted and left out of everything else. */
export interface Statistics {
  readonly count: number;
  readonly mean: number;
  /** Of the population, as `numpy.std` has it. */
  readonly std: number;
  readonly min: number;
  readonly max: number;
  readonly nan: number;
  readonly infinite: number;
}

/** Of `data[from]` to `data[to]` (exclusive). Without finite numbers mean, std, min and max are NaN. */
export function statisticsOf(data: ArrayLike<number>, from = 0, to = data.length): Statistics {
  let [sum, min, max, nan, infinite] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (let i = from; i < to; i++) {
    const value = data[i] as number;
    if (Number.isFinite(value)) {
      sum += value;
      if (value < min) min = value;
      if (value > max) max = value;
    } else if (Number.isNaN(value)) nan++;
    else infinite++;
  }
  const count = to - from;
  const finite = count - nan - infinite;
  if (finite === 0)
    return { count, mean: Number.NaN, std: Number.NaN, min: Number.NaN, max: Number.NaN, nan, infinite };
  const mean = sum / finite;
  // In a second pass: the difference of two sums of squares loses the digits that matter.
  let squares = 0;
  for (let i = from; i < to; i++) {
    const value = data[i] as number;
    if (Number.isFinite(value)) squares += (value - mean) ** 2;
  }
  return { count, mean, std: Math.sqrt(squares / finite), min, max, nan, infinite };
}

/** How many numbers lie in each of `bins` equal parts of `low` to `high`, which belongs to the last (`numpy.histogram`). */
export function histogramOf(
  data: ArrayLike<number>,
  { bins, low, high }: { readonly bins: number; readonly low: number; readonly high: number },
  from = 0,
  to = data.length,
): number[] {
  const counts = Array<number>(bins).fill(0);
  const scale = bins / (high - low);
  for (let i = from; i < to; i++) {
    const value = data[i] as number;
    if (!(value >= low && value <= high)) continue;
    const bin = Math.min(bins - 1, Math.floor((value - low) * scale));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

/** Bound for a map of signed numbers with zero in the middle: both ends of them are within it, to two digits upwards. */
export function signedBound({ min, max }: Pick<Statistics, 'min' | 'max'>): number {
  const most = Math.max(Math.abs(min), Math.abs(max));
  if (!(most > 0)) return 1;
  const step = 10 ** (Math.floor(Math.log10(most)) - 1);
  return Number((Math.ceil(most / step - 1e-9) * step).toPrecision(2));
}

/** Euclidean norm of each row of `[rows, width]`. */
export function rowNorms(data: ArrayLike<number>, width: number): number[] {
  return Array.from({ length: data.length / width }, (_, row) => {
    let sum = 0;
    for (let i = row * width; i < (row + 1) * width; i++) sum += (data[i] as number) ** 2;
    return Math.sqrt(sum);
  });
}

/** Cosine of the angle between each row of `a` and each of `b`, both `[rows, width]`: `[rows of a][rows of b]`. */
export function cosines(a: ArrayLike<number>, b: ArrayLike<number>, width: number): number[][] {
  const [normsA, normsB] = [rowNorms(a, width), rowNorms(b, width)];
  return normsA.map((normA, i) =>
    normsB.map((normB, j) => {
      let dot = 0;
      for (let k = 0; k < width; k++) dot += (a[i * width + k] as number) * (b[j * width + k] as number);
      return dot / (normA * normB || 1);
    }),
  );
}
