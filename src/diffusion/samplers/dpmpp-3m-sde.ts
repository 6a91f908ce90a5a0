import { dpmMultistepRows } from '../dpm-multistep';
import { wholeUnlessCosine } from '../ladders/preserving';
import { CLIPPING } from '../options';
import type { Sampler } from '../sampler';

/** SDE-DPM-Solver++ of third order, as diffusers has it: 2M SDE that looks back on one evaluation more. */
const dpmpp3mSde: Sampler = {
  title: 'DPM++ 3M SDE',
  help: 'DPM++ 2M SDE with one more look back: for 25 steps and more.',
  ladder: wholeUnlessCosine,
  spacing: 'linspace',
  takes: ['solver', 'lowerOrderFinal', 'eulerAtFinal', 'finalSigma', ...CLIPPING],
  steps: (descent, options) => dpmMultistepRows(descent, { ...options, order: 3 }, true),
};

export default dpmpp3mSde;
