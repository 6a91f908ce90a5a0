import type { Step, Update } from '../core/sampler-table';
import { dpmMultistep, multistepOrder } from './dpm-solver';
import type { Descent } from './ladder';
import { stepAt } from './noise-level';
import type { SamplerOptions } from './options';

/** How the denoised pictures of older steps move up the slots, by the order: none, one or two are kept. */
const KEPT: readonly Update[] = [
  {},
  { previous: { denoised: 1 } },
  { previous: { denoised: 1 }, oldest: { previous: 1 } },
];

/** The slots of a solver of this order after `known` evaluations before this one. */
export const keptDenoised = (order: number, known: number): Update => KEPT[Math.min(order - 1, known + 1)] as Update;

/** The rows of DPM-Solver++ multistep, deterministic or stochastic. */
export function dpmMultistepRows(
  { transitions, skipped, comfyui = false }: Descent,
  options: Pick<SamplerOptions, 'order' | 'solver' | 'lowerOrderFinal' | 'eulerAtFinal'>,
  stochastic: boolean,
): Step[] {
  const count = skipped.length + transitions.length;
  return transitions.map((transition, known) => {
    const { from, to } = transition;
    const order = multistepOrder({ index: skipped.length + known, count, known, transition }, options);
    const before = [transitions[known - 1], transitions[known - 2]];
    const x = dpmMultistep(transition, before, order, { solver: options.solver, stochastic, comfyui });
    if (stochastic) x.noise = to.noise * Math.sqrt(Math.max(1 - (to.sigma / from.sigma) ** 2, 0));
    return stepAt(from, to, { x, ...keptDenoised(options.order, known) }, stochastic);
  });
}
