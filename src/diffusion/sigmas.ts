import { linspace } from './timesteps';

/** How noise levels are placed between the largest and the smallest: along the timesteps, or by a formula. */
export const sigmaRules = ['default', 'karras', 'exponential'] as const;
export type SigmaRule = (typeof sigmaRules)[number];

/** What Euler and its like take for the signal's variance where a schedule has none left, so that sigma stays finite. */
const SMALLEST_SIGNAL = 2 ** -24;

/** Noise over signal at each training timestep, ascending: sqrt((1 - alpha) / alpha), float32. */
export function sigmaTable(alphas: Float32Array): Float32Array {
  return alphas.map((alpha) => {
    const signal = alpha === 0 ? SMALLEST_SIGNAL : alpha;
    return Math.sqrt(Math.fround(Math.fround(1 - signal) / signal));
  });
}

/** The table at a timestep, which may be fractional or beyond its ends. */
export function sigmaAt(table: Float32Array, timestep: number): number {
  const within = Math.min(Math.max(timestep, 0), table.length - 1);
  const low = Math.min(Math.floor(within), table.length - 2);
  const [below, above] = [table[low] as number, table[low + 1] as number];
  return below + (above - below) * (within - low);
}

/** The timestep, fractional, at which the table has a sigma: the inverse of it, piecewise linear in ln sigma. */
export function timestepAt(table: Float32Array, sigma: number): number {
  const wanted = Math.log(Math.max(sigma, 1e-10));
  const logAt = (index: number): number => Math.fround(Math.log(table[index] as number));
  const above = table.findIndex((_, index) => logAt(index) > wanted);
  const last = above === -1 ? table.length - 1 : above - 1;
  const low = Math.min(Math.max(last, 0), table.length - 2);
  const weight = (logAt(low) - wanted) / (logAt(low) - logAt(low + 1));
  return low + Math.min(Math.max(weight, 0), 1);
}

/** Karras et al. 2206.00364, equation 5. */
const RHO = 7;

/** `count` sigmas from the largest to the smallest. */
export const placeSigmas: Record<
  Exclude<SigmaRule, 'default'>,
  (largest: number, smallest: number, count: number) => number[]
> = {
  karras: (largest, smallest, count) =>
    linspace(largest ** (1 / RHO), smallest ** (1 / RHO), count).map((root) => root ** RHO),
  exponential: (largest, smallest, count) => linspace(Math.log(largest), Math.log(smallest), count).map(Math.exp),
};
