import { choice, number, seedBridge, several } from '../bridges';
import type { JsonObject } from '../json';
import { nodeClass } from '../node-class';

/** ComfyUI's samplers; in Weft "sampler" and what else they set. One that is not here is kept by its name, and refused when it runs. */
const samplers: Readonly<Record<string, JsonObject>> = {
  euler: { sampler: 'euler', cfgPlusPlus: false },
  euler_cfg_pp: { sampler: 'euler', cfgPlusPlus: true },
  euler_ancestral: { sampler: 'euler-ancestral', cfgPlusPlus: false },
  euler_ancestral_cfg_pp: { sampler: 'euler-ancestral', cfgPlusPlus: true },
  heun: { sampler: 'heun' },
  heunpp2: { sampler: 'heunpp2' },
  dpm_2: { sampler: 'dpm2' },
  dpm_2_ancestral: { sampler: 'dpm2-ancestral' },
  lms: { sampler: 'lms' },
  dpm_fast: { sampler: 'dpm-fast' },
  dpmpp_2s_ancestral: { sampler: 'dpmpp-2s-ancestral', cfgPlusPlus: false },
  dpmpp_2s_ancestral_cfg_pp: { sampler: 'dpmpp-2s-ancestral', cfgPlusPlus: true },
  dpmpp_sde: { sampler: 'dpmpp-sde' },
  dpmpp_sde_gpu: { sampler: 'dpmpp-sde' },
  dpmpp_2m: { sampler: 'dpmpp-2m', lowerOrderFinal: false, cfgPlusPlus: false },
  dpmpp_2m_cfg_pp: { sampler: 'dpmpp-2m', lowerOrderFinal: false, cfgPlusPlus: true },
  dpmpp_2m_sde: { sampler: 'dpmpp-2m-sde', lowerOrderFinal: false, solver: 'midpoint' },
  dpmpp_2m_sde_gpu: { sampler: 'dpmpp-2m-sde', lowerOrderFinal: false, solver: 'midpoint' },
  dpmpp_2m_sde_heun: { sampler: 'dpmpp-2m-sde', lowerOrderFinal: false, solver: 'heun' },
  dpmpp_2m_sde_heun_gpu: { sampler: 'dpmpp-2m-sde', lowerOrderFinal: false, solver: 'heun' },
  dpmpp_3m_sde: { sampler: 'dpmpp-3m-sde', lowerOrderFinal: false },
  dpmpp_3m_sde_gpu: { sampler: 'dpmpp-3m-sde', lowerOrderFinal: false },
  ddpm: { sampler: 'ddpm' },
  lcm: { sampler: 'lcm' },
  ipndm: { sampler: 'ipndm' },
  ipndm_v: { sampler: 'ipndm-v' },
  deis: { sampler: 'deis', order: 3, lowerOrderFinal: false },
  res_multistep: { sampler: 'res-multistep', eta: 0, cfgPlusPlus: false },
  res_multistep_cfg_pp: { sampler: 'res-multistep', eta: 0, cfgPlusPlus: true },
  res_multistep_ancestral: { sampler: 'res-multistep', eta: 1, cfgPlusPlus: false },
  res_multistep_ancestral_cfg_pp: { sampler: 'res-multistep', eta: 1, cfgPlusPlus: true },
  gradient_estimation: { sampler: 'gradient-estimation', cfgPlusPlus: false },
  gradient_estimation_cfg_pp: { sampler: 'gradient-estimation', cfgPlusPlus: true },
  er_sde: { sampler: 'er-sde' },
  // ComfyUI's DDIM is Euler on its noise levels.
  ddim: { sampler: 'euler', cfgPlusPlus: false },
  uni_pc_bh2: { sampler: 'unipc', order: 3, variant: 'bh2' },
  uni_pc: { sampler: 'unipc', order: 3, variant: 'bh1' },
};

/** Those whose noise is drawn along a Brownian tree in ComfyUI, whose numbers depend on how it rounds. */
const brownian = /^dpmpp_(2m_|3m_)?sde(_heun)?(_gpu)?$/;

/** What of the sampler's name the user should know; undefined where its numbers are ComfyUI's. */
export function samplerRemark(name: string): string | undefined {
  if (!Object.hasOwn(samplers, name))
    return `Weft has no sampler ${name}: the node keeps the name, and runs once another one is chosen.`;
  return brownian.test(name)
    ? `${name} draws its noise along a Brownian tree in ComfyUI; the same seed gives another picture here, as good.`
    : undefined;
}

const schedulers = Object.fromEntries(
  [
    'normal',
    'karras',
    'exponential',
    'sgm_uniform',
    'simple',
    'ddim_uniform',
    'beta',
    'linear_quadratic',
    'kl_optimal',
  ].map((name) => [name, `comfyui-${name}`]),
);

const sampler = {
  in: { model: 'model', positive: 'positive', negative: 'negative', latent_image: 'latent' },
  out: ['latent'],
} as const;

/** Widgets of all samplers. */
export const common = {
  steps: number('steps'),
  cfg: number('cfg'),
  sampler_name: several('sampler', samplers),
  scheduler: choice('scheduler', schedulers),
};

export const sockets = 'model:MODEL positive:CONDITIONING negative:CONDITIONING latent_image:LATENT';

/** Nodes that denoise. */
export const sampling = [
  nodeClass(
    'KSampler',
    'KSampler',
    {
      in: sockets,
      out: 'LATENT',
      widgets:
        'seed:INT=0! steps:INT=20 cfg:FLOAT=8 sampler_name:COMBO="euler" scheduler:COMBO="normal" denoise:FLOAT=1',
    },
    {
      ...sampler,
      type: 'subgraph/comfyui-ksampler',
      widgets: { seed: seedBridge('seed'), ...common, denoise: number('denoise') },
    },
  ),
  nodeClass(
    'KSamplerAdvanced',
    'KSampler (Advanced)',
    {
      in: sockets,
      out: 'LATENT',
      widgets:
        'add_noise:COMBO="enable" noise_seed:INT=0! steps:INT=20 cfg:FLOAT=8 sampler_name:COMBO="euler" scheduler:COMBO="normal" start_at_step:INT=0 end_at_step:INT=10000 return_with_leftover_noise:COMBO="disable"',
    },
    {
      ...sampler,
      type: 'subgraph/comfyui-ksampler-advanced',
      widgets: {
        add_noise: choice('addNoise', { enable: true, disable: false }),
        noise_seed: seedBridge('seed'),
        ...common,
        start_at_step: number('start'),
        end_at_step: number('end'),
        return_with_leftover_noise: choice('leftover', { enable: true, disable: false }),
      },
    },
  ),
  nodeClass('KSamplerSelect', 'KSamplerSelect', { out: 'SAMPLER', widgets: 'sampler_name:COMBO="euler"' }),
  nodeClass('BasicScheduler', 'BasicScheduler', {
    in: 'model:MODEL',
    out: 'SIGMAS',
    widgets: 'scheduler:COMBO="normal" steps:INT=20 denoise:FLOAT=1',
  }),
  nodeClass('KarrasScheduler', 'KarrasScheduler', {
    out: 'SIGMAS',
    widgets: 'steps:INT=20 sigma_max:FLOAT=14.614642 sigma_min:FLOAT=0.0291675 rho:FLOAT=7',
  }),
  nodeClass('SplitSigmas', 'SplitSigmas', {
    in: 'sigmas:SIGMAS',
    out: 'high_sigmas:SIGMAS low_sigmas:SIGMAS',
    widgets: 'step:INT=0',
  }),
  nodeClass('RandomNoise', 'RandomNoise', { out: 'NOISE', widgets: 'noise_seed:INT=0!' }),
  nodeClass('DisableNoise', 'DisableNoise', { out: 'NOISE' }),
  nodeClass('BasicGuider', 'BasicGuider', { in: 'model:MODEL conditioning:CONDITIONING', out: 'GUIDER' }),
  nodeClass('CFGGuider', 'CFGGuider', {
    in: 'model:MODEL positive:CONDITIONING negative:CONDITIONING',
    out: 'GUIDER',
    widgets: 'cfg:FLOAT=8',
  }),
  nodeClass('SamplerCustom', 'SamplerCustom', {
    in: 'model:MODEL positive:CONDITIONING negative:CONDITIONING sampler:SAMPLER sigmas:SIGMAS latent_image:LATENT',
    out: 'output:LATENT denoised_output:LATENT',
    widgets: 'add_noise:BOOLEAN=true noise_seed:INT=0! cfg:FLOAT=8',
  }),
  nodeClass('SamplerCustomAdvanced', 'SamplerCustomAdvanced', {
    in: 'noise:NOISE guider:GUIDER sampler:SAMPLER sigmas:SIGMAS latent_image:LATENT',
    out: 'output:LATENT denoised_output:LATENT',
  }),
];
