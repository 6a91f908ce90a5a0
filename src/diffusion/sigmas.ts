import { betaQuantile } from './beta-distribution';
import { comfyuiSigmas } from './comfyui-sigmas';
import { linspace } from './timesteps';

/** Karras et al. 2206.00364, equation 5. */
const RHO = 7;

/** The shape of both ends of the beta distribution in "Beta Sampling is All You Need", 2407.12173. */
const BETA = 0.6;

/** `count` sigmas from the largest to the smallest, by a formula. */
export const placeSigmas = {
  karras: (largest: number, smallest: number, count: number) =>
    linspace(largest ** (1 / RHO), smallest ** (1 / RHO), count).map((root) => root ** RHO),
  exponential: (largest: number, smallest: number, count: number) =>
    linspace(Math.log(largest), Math.log(smallest), count).map(Math.exp),
  beta: (largest: number, smallest: number, count: number) =>
    linspace(1, 0, count).map((share) => smallest + betaQuantile(share, BETA, BETA) * (largest - smallest)),
};

type PlacedRule = keyof typeof placeSigmas;

/**
 * How noise levels are placed: along the timesteps, by a formula between the largest and the smallest as diffusers does, or
 * as ComfyUI's scheduler of that name does, with ComfyUI's timesteps and its meaning of denoise.
 */
export type SigmaRule = 'default' | PlacedRule | keyof typeof comfyuiSigmas;
export const sigmaRules = [
  'default',
  ...Object.keys(placeSigmas),
  ...Object.keys(comfyuiSigmas),
] as readonly SigmaRule[] as readonly [SigmaRule, ...SigmaRule[]];

const titles: Partial<Record<SigmaRule, string>> = { default: 'Along the timesteps', karras: 'Karras' };

/** As people know it: "Karras", "sgm_uniform (ComfyUI)". */
export function sigmaTitle(rule: SigmaRule): string {
  const known = titles[rule];
  if (known) return known;
  if (isComfyui(rule)) return `${rule.slice('comfyui-'.length)} (ComfyUI)`;
  return `${rule.slice(0, 1).toUpperCase()}${rule.slice(1)}`;
}

export const isComfyui = (rule: SigmaRule): rule is keyof typeof comfyuiSigmas => Object.hasOwn(comfyuiSigmas, rule);
