import type { Transition } from './ladder';
import type { SamplerOptions } from './options';

/** A linear combination: source or slot to coefficient. */
export type Row = Record<string, number>;

/** The sum of rows, each times a number. */
export function sumOf(...terms: readonly (readonly [number, Readonly<Row>])[]): Row {
  const sum: Row = {};
  for (const [factor, row] of terms)
    for (const source of Object.keys(row)) sum[source] = (sum[source] ?? 0) + factor * (row[source] as number);
  return sum;
}

/** With lambda = -ln sigma, how much lambda grows between two sigmas. */
export const lambdaFrom = (start: number, end: number): number => Math.log(start / end);

export interface Place {
  /** Index among all steps, those that the strength leaves out included. */
  readonly index: number;
  /** All steps. */
  readonly count: number;
  /** How many evaluations there were before this one. */
  readonly known: number;
  readonly transition: Transition;
}

/**
 * The order of a multistep solver at a step: no higher than there are evaluations to look back on, first order to sigma 0
 * (where a step in lambda is infinite), and lower at the end of short runs. DPM-Solver++ and DEIS as in diffusers.
 */
export function multistepOrder(
  { index, count, known, transition }: Place,
  { order, lowerOrderFinal, eulerAtFinal }: Pick<SamplerOptions, 'order' | 'lowerOrderFinal' | 'eulerAtFinal'>,
): number {
  const short = lowerOrderFinal && count < 15;
  const left = count - index;
  if (transition.to.sigma === 0 || transition.to.sigma >= transition.from.sigma) return 1;
  if (left === 1 && (eulerAtFinal || short)) return 1;
  return Math.min(order, known + 1, left === 2 && short ? 2 : 3);
}

/**
 * One step of DPM-Solver++ in its multistep form, Lu et al. 2211.01095: section 4.2 and appendix A, and where `stochastic` the
 * SDE solvers of its section 5. `denoised` is this evaluation's, `previous` and `oldest` are slots; `before` are the transitions
 * that led here, newest first. Variance preserving.
 */
export function dpmMultistep(
  { from, to }: Transition,
  before: readonly (Transition | undefined)[],
  order: number,
  {
    solver,
    stochastic,
    comfyui,
  }: { readonly solver: SamplerOptions['solver']; readonly stochastic: boolean; readonly comfyui?: boolean },
): Row {
  const shrink = to.sigma / from.sigma;
  const decay = stochastic ? shrink ** 2 : shrink;
  const gain = to.signal * (1 - decay);
  const first: Row = { x: (to.noise / from.noise) * (stochastic ? shrink : 1), denoised: gain };
  if (order === 1) return first;
  const h = lambdaFrom(from.sigma, to.sigma);
  const z = stochastic ? 2 * h : h;
  const [newer, older] = before as [Transition, Transition];
  const r0 = lambdaFrom(newer.from.sigma, from.sigma) / h;
  const bend = to.signal * (1 - (1 - decay) / z);
  if (order === 2) {
    const share = (solver === 'midpoint' ? gain / 2 : bend) / r0;
    return { x: first.x as number, denoised: gain + share, previous: -share };
  }
  const d10: Row = { denoised: 1 / r0, previous: -1 / r0 };
  const r1 = lambdaFrom(older.from.sigma, newer.from.sigma) / h;
  const d11: Row = { previous: 1 / r1, oldest: -1 / r1 };
  const d1 = sumOf([1 + r0 / (r0 + r1), d10], [-r0 / (r0 + r1), d11]);
  const d2 = sumOf([1 / (r0 + r1), d10], [-1 / (r0 + r1), d11]);
  // The half has the other sign in diffusers' stochastic solver; k-diffusion and ComfyUI have that of the paper.
  const third = -to.signal * ((decay - 1 + z) / z ** 2 + (stochastic && !comfyui ? 0.5 : -0.5));
  return sumOf([1, first], [bend, d1], [third, d2]);
}
