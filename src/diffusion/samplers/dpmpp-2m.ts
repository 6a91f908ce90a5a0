import { dpmMultistepRows } from '../dpm-multistep';
import { wholeUnlessCosine } from '../ladders/preserving';
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
  takes: ['order', 'solver', 'lowerOrderFinal', 'eulerAtFinal', 'finalSigma', ...CLIPPING],
  steps: (descent, options) => dpmMultistepRows(descent, options, false),
};

export default dpmpp2m;
