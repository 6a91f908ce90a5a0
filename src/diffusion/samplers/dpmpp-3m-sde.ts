import { dpmMultistepRows } from '../dpm-multistep';
import { wholeUnlessCosine } from '../ladders/preserving';
import { CLIPPING } from '../options';
import type { Sampler } from '../sampler';

/**
 * SDE-DPM-Solver++ of third order, as diffusers has it: 2M SDE that looks back on one evaluation more. On ComfyUI's sigmas as
 * k-diffusion's `sample_dpmpp_3m_sde`, whose second order is always Heun's.
 */
const dpmpp3mSde: Sampler = {
  title: 'DPM++ 3M SDE',
  help: 'DPM++ 2M SDE with one more look back: for 25 steps and more.',
  ladder: wholeUnlessCosine,
  spacing: 'linspace',
  takes: ['solver', 'lowerOrderFinal', 'eulerAtFinal', 'finalSigma', ...CLIPPING],
  steps: (descent, options) =>
    dpmMultistepRows(descent, { ...options, ...(descent.comfyui && { solver: 'heun' }), order: 3 }, true),
};

export default dpmpp3mSde;
