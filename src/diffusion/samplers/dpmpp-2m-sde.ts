import { dpmMultistepRows } from '../dpm-multistep';
import { wholeUnlessCosine } from '../ladders/preserving';
import { CLIPPING } from '../options';
import type { Sampler } from '../sampler';

/** SDE-DPM-Solver++(2M), Lu et al. 2211.01095, equation 19: DPM++ 2M that replaces part of the noise at every step. */
const dpmpp2mSde: Sampler = {
  title: 'DPM++ 2M SDE',
  help: 'DPM++ 2M with fresh noise at every step: richer detail, and another picture for every number of steps.',
  ladder: wholeUnlessCosine,
  spacing: 'linspace',
  takes: ['order', 'solver', 'lowerOrderFinal', 'eulerAtFinal', 'finalSigma', ...CLIPPING],
  steps: (descent, options) => dpmMultistepRows(descent, options, true),
};

export default dpmpp2mSde;
