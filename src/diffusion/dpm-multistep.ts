import type { Step } from '../core/values';
import { dpmMultistep, multistepOrder } from './dpm-solver';
import type { Descent } from './ladder';
import { evaluateAt } from './noise-level';
import type { SamplerOptions } from './options';

/** The rows of DPM-Solver++ multistep, deterministic or stochastic: the denoised pictures of older steps move up the slots. */
export function dpmMultistepRows(
  { transitions, skipped }: Descent,
  options: Pick<SamplerOptions, 'order' | 'solver' | 'lowerOrderFinal' | 'eulerAtFinal'>,
  stochastic: boolean,
): Step[] {
  const count = skipped.length + transitions.length;
  return transitions.map((transition, known) => {
    const { from, to } = transition;
    const order = multistepOrder({ index: skipped.length + known, count, known, transition }, options);
    const before = [transitions[known - 1], transitions[known - 2]].filter((one) => one !== undefined);
    const x = dpmMultistep(transition, before, order, { solver: options.solver, stochastic });
    const kept = {
      ...(options.order > 1 && { previous: { denoised: 1 } }),
      ...(options.order > 2 && known > 0 && { oldest: { previous: 1 } }),
    };
    const renewed = to.noise * Math.sqrt(Math.max(1 - (to.sigma / from.sigma) ** 2, 0));
    return {
      ...evaluateAt(from, to),
      update: { x: stochastic ? { ...x, noise: renewed } : x, ...kept },
      draws: stochastic,
    };
  });
}
