/** Weights of Wang et al.: a Gaussian of standard deviation 1.5, 11 wide. */
const reach = 5;
const weights = (() => {
  const bare = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * 1.5 ** 2)));
  const sum = bare.reduce((all, weight) => all + weight, 0);
  return Float64Array.from(bare, (weight) => weight / sum);
})();

/** Below this many pixels on a side there is no place for a window. */
export const smallestSide = 2 * reach + 1;

/**
 * Structural similarity of two pictures: 1 where they are the same. The mean over all places where a whole window lies in the
 * picture, and over the channels; both are `[channels, height, width]` in 0..1. After Wang, Bovik, Sheikh and Simoncelli, "Image
 * quality assessment", 2004, with K1 = 0.01 and K2 = 0.03.
 */
export function structuralSimilarity(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  { channels, height, width }: { readonly channels: number; readonly height: number; readonly width: number },
): number {
  const [c1, c2] = [0.01 ** 2, 0.03 ** 2];
  const [wide, high] = [width - 2 * reach, height - 2 * reach];
  if (wide < 1 || high < 1) throw new Error(`A picture of ${width} × ${height} is too small for a window of 11 × 11.`);
  // Of each row the five means along it: of a, b, a², b² and ab; those across are then taken of as many rows as a window has.
  const rows = Array.from({ length: smallestSide }, () => new Float64Array(5 * wide));
  let sum = 0;
  for (let channel = 0; channel < channels; channel++) {
    const from = channel * width * height;
    for (let y = 0; y < height; y++) {
      meansAlong(rows[y % smallestSide] as Float64Array, a, b, from + y * width, wide);
      if (y < 2 * reach) continue;
      for (let x = 0; x < wide; x++) {
        let [meanA, meanB, squareA, squareB, product] = [0, 0, 0, 0, 0];
        for (let i = 0; i < smallestSide; i++) {
          const row = rows[(y - 2 * reach + i) % smallestSide] as Float64Array;
          const weight = weights[i] as number;
          meanA += weight * (row[x] as number);
          meanB += weight * (row[wide + x] as number);
          squareA += weight * (row[2 * wide + x] as number);
          squareB += weight * (row[3 * wide + x] as number);
          product += weight * (row[4 * wide + x] as number);
        }
        const both = meanA * meanB;
        const squares = meanA * meanA + meanB * meanB;
        sum += ((2 * both + c1) * (2 * (product - both) + c2)) / ((squares + c1) * (squareA + squareB - squares + c2));
      }
    }
  }
  return sum / (channels * wide * high);
}

function meansAlong(into: Float64Array, a: ArrayLike<number>, b: ArrayLike<number>, from: number, wide: number): void {
  for (let x = 0; x < wide; x++) {
    let [meanA, meanB, squareA, squareB, product] = [0, 0, 0, 0, 0];
    for (let i = 0; i < smallestSide; i++) {
      const weight = weights[i] as number;
      const [one, other] = [a[from + x + i] as number, b[from + x + i] as number];
      meanA += weight * one;
      meanB += weight * other;
      squareA += weight * one * one;
      squareB += weight * other * other;
      product += weight * one * other;
    }
    into[x] = meanA;
    into[wide + x] = meanB;
    into[2 * wide + x] = squareA;
    into[3 * wide + x] = squareB;
    into[4 * wide + x] = product;
  }
}
