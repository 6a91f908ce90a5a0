/** How far two pictures, or two values, of one size lie apart. */
export interface Difference {
  /** Mean squared error. */
  readonly squared: number;
  /** Peak signal-to-noise ratio in dB: 10 log10(peak² / mean squared error); infinite where both are the same. */
  readonly psnr: number;
  /** The largest difference of two numbers, and where it is. */
  readonly max: number;
  readonly maxAt: number;
  /** The mean of all differences without their signs. */
  readonly mean: number;
  /** The part of the numbers that differ, from 0 to 1. */
  readonly differ: number;
}

/** `peak` is the largest value that there can be: 1 for pictures in 0..1. Both have the same number of elements. */
export function differenceOf(a: ArrayLike<number>, b: ArrayLike<number>, peak: number): Difference {
  if (a.length !== b.length) throw new Error(`${a.length} numbers cannot be compared with ${b.length}.`);
  let [squares, sum, max, maxAt, differ] = [0, 0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const apart = Math.abs((a[i] as number) - (b[i] as number));
    squares += apart * apart;
    sum += apart;
    if (apart > 0) differ++;
    if (apart > max) [max, maxAt] = [apart, i];
  }
  const squared = squares / a.length;
  return {
    squared,
    psnr: squared === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10((peak * peak) / squared),
    max,
    maxAt,
    mean: sum / a.length,
    differ: differ / a.length,
  };
}
