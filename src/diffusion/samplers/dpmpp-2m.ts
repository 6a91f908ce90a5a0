import type { Step } from '../../core/sampler-table';
import { dpmMultistepRows } from '../dpm-multistep';
import { lambdaFrom } from '../dpm-solver';
import type { Transition } from '../ladder';
import { wholeUnlessCosine } from '../ladders/preserving';
import { stepAt } from '../noise-level';
import { CLIPPING } from '../options';
import type { Sampler } from '../sampler';

/**
 * DPM-Solver++(2M), Lu et al. 2211.01095, algorithm 2: one evaluation a step, the denoised picture extrapolated from this
 * one and the one before it. With order 3 it is their third-order solver, with order 1 DDIM on these levels.
 */
const dpmpp2m: Sampler = {
  title: 'DPM++ 2M',
  help: 'Second order at the price of first: sharp pictures in few steps. A good default with Karras sigmas; 15 to 25 steps.',
  ladder: wholeUnlessCosine,
  spacing: 'linspace',
  takes: ['order', 'solver', 'lowerOrderFinal', 'eulerAtFinal', 'finalSigma', 'cfgPlusPlus', ...CLIPPING],
  steps: (descent, options) =>
    options.cfgPlusPlus ? descent.transitions.map(renoised) : dpmMultistepRows(descent, options, false),
};

export default dpmpp2m;

/** ComfyUI's `dpmpp_2m_cfg_pp`: to the guided picture, and back along what the negative prompt saw here and before. */
function renoised({ from, to }: Transition, index: number, all: readonly Transition[]): Step {
  const shrink = to.sigma / from.sigma;
  const before = all[index - 1];
  const looksBack = before && to.sigma > 0;
  const share = looksBack
    ? ((1 - shrink) * lambdaFrom(from.sigma, to.sigma)) / (2 * lambdaFrom(before.from.sigma, from.sigma))
    : 0;
  return stepAt(from, to, {
    x: {
      x: (to.signal / from.signal) * shrink,
      denoised: to.signal * (1 + share),
      unguided: -to.signal * shrink,
      ...(looksBack && { previous: -to.signal * share }),
    },
    previous: { unguided: 1 },
  });
}
