import { betaQuantile } from './beta-distribution';
import { linspace, roundHalfEven } from './timesteps';

/** A sigma table as ComfyUI has it, ascending, and the sigma of a fractional timestep: linear in ln sigma. */
export interface ComfyuiTable {
  readonly sigmas: Float64Array;
  sigmaAt(timestep: number): number;
}

const between = ({ sigmas }: ComfyuiTable): [number, number] => [
  sigmas[0] as number,
  sigmas[sigmas.length - 1] as number,
];

/**
 * ComfyUI's schedulers by their names in its menus (comfy/samplers.py, k_diffusion/sampling.py). Each gives sigmas from the
 * noisiest down, without the 0 at the end: mostly `steps` of them.
 */
export const comfyuiSigmas = {
  'comfyui-normal': (table: ComfyuiTable, steps: number): number[] =>
    linspace(table.sigmas.length - 1, 0, steps).map(table.sigmaAt),
  'comfyui-karras': (table: ComfyuiTable, steps: number): number[] => {
    const [smallest, largest] = between(table);
    return linspace(largest ** (1 / 7), smallest ** (1 / 7), steps).map((root) => root ** 7);
  },
  'comfyui-exponential': (table: ComfyuiTable, steps: number): number[] => {
    const [smallest, largest] = between(table);
    return linspace(Math.log(largest), Math.log(smallest), steps).map(Math.exp);
  },
  'comfyui-sgm_uniform': (table: ComfyuiTable, steps: number): number[] =>
    linspace(table.sigmas.length - 1, 0, steps + 1)
      .slice(0, -1)
      .map(table.sigmaAt),
  'comfyui-simple': ({ sigmas }: ComfyuiTable, steps: number): number[] =>
    Array.from(
      { length: steps },
      (_, index) => sigmas[sigmas.length - 1 - Math.floor((index * sigmas.length) / steps)] as number,
    ),
  'comfyui-ddim_uniform': ({ sigmas }: ComfyuiTable, steps: number): number[] => {
    const stride = Math.max(Math.floor(sigmas.length / steps), 1);
    const list: number[] = [];
    for (let index = 1; index < sigmas.length; index += stride) list.push(sigmas[index] as number);
    return list.reverse();
  },
  'comfyui-beta': ({ sigmas }: ComfyuiTable, steps: number): number[] =>
    Array.from({ length: steps }, (_, index) =>
      roundHalfEven(betaQuantile(1 - index / steps, 0.6, 0.6) * (sigmas.length - 1)),
    )
      .filter((timestep, index, all) => timestep !== all[index - 1])
      .map((timestep) => sigmas[timestep] as number),
  'comfyui-linear_quadratic': ({ sigmas }: ComfyuiTable, steps: number): number[] => {
    const linear = Math.floor(steps / 2);
    const quadratic = steps - linear;
    // Of the noise 0.025 are taken in the first half, evenly; the rest grows with the square of the step.
    const share = 0.025;
    const left = linear - share * steps;
    const square = left / (linear * quadratic ** 2);
    const slope = share / linear - (2 * left) / quadratic ** 2;
    const largest = sigmas[sigmas.length - 1] as number;
    return Array.from({ length: steps }, (_, index) => {
      if (steps === 1) return largest;
      const taken = index < linear ? (index * share) / linear : square * (index ** 2 + linear ** 2) + slope * index;
      return (1 - taken) * largest;
    });
  },
  'comfyui-kl_optimal': (table: ComfyuiTable, steps: number): number[] => {
    const [smallest, largest] = between(table);
    return linspace(Math.atan(largest), Math.atan(smallest), steps).map(Math.tan);
  },
};
