import type { NoiseSchedule, Schedule } from '../core/values';
import { ladders } from './ladders';
import type { NoiseLevel } from './noise-level';
import type { Sampler } from './sampler';
import { samplers } from './samplers';
import type { SigmaRule } from './sigmas';
import type { Spacing } from './timesteps';

export interface ScheduleSettings {
  /** The name of a sampler's file, `dpmpp-2m`. */
  readonly sampler: string;
  /** Steps from pure noise to the picture. */
  readonly steps: number;
  /** The sampler's own where absent. */
  readonly spacing?: Spacing | undefined;
  readonly sigmas?: SigmaRule | undefined;
  /** 0 to 1: the share of fresh noise in each step, for samplers that take it. */
  readonly eta?: number | undefined;
  /** 0 to 1: the share of the steps that are run; 1 for text to image, less to start from a picture. */
  readonly strength?: number | undefined;
  readonly noiseSchedule: NoiseSchedule;
}

/**
 * A sampler compiled to rows of numbers, as diffusers' scheduler of that name would step. Throws a sentence where the
 * settings do not fit each other.
 */
export function compileSchedule(settings: ScheduleSettings): Schedule {
  const { steps, noiseSchedule, sigmas = 'default', eta = 0, strength = 1 } = settings;
  const sampler = Object.hasOwn(samplers, settings.sampler) ? samplers[settings.sampler] : undefined;
  if (sampler === undefined) {
    throw new Error(`There is no sampler "${settings.sampler}". Known are ${Object.keys(samplers).join(', ')}.`);
  }
  refuse(sampler, settings);
  const spacing = settings.spacing ?? sampler.spacing;
  const transitions = ladders[sampler.ladder]({ noiseSchedule, steps, spacing, sigmas });
  // diffusers' image to image pipeline: the first steps are left out.
  const count = Math.min(Math.trunc(steps * strength), steps);
  const [start] = transitions.slice(steps - count);
  const [top] = transitions;
  if (count === 0 || start === undefined || top === undefined) {
    throw new Error(
      `A strength of ${strength} leaves none of the ${steps} steps to run: raise the strength to ${Math.ceil(100 / steps) / 100} or take more steps.`,
    );
  }
  return {
    title: title(sampler, settings, count),
    steps: sampler.steps(transitions.slice(steps - count), eta),
    startScale: startScale(sampler, spacing, top.from),
    start: { signal: start.from.signal, noise: start.from.noise },
  };
}

/** diffusers' `init_noise_sigma`: noise alone at the noisiest level, the picture's own variance counted in below it. */
function startScale({ ladder }: Sampler, spacing: Spacing, { sigma, signal, noise }: NoiseLevel): number {
  return ladder === 'exploding' && spacing !== 'leading' ? sigma : Math.hypot(signal, noise);
}

function title(sampler: Sampler, { steps, sigmas = 'default' }: ScheduleSettings, count: number): string {
  const rule = { default: '', karras: ' Karras', exponential: ' exponential' }[sigmas];
  const length = count === steps ? `${steps} ${steps === 1 ? 'step' : 'steps'}` : `${count} of ${steps} steps`;
  return `${sampler.title}${rule}, ${length}`;
}

function refuse(sampler: Sampler, settings: ScheduleSettings): void {
  const { steps, sigmas = 'default', eta = 0, strength = 1, noiseSchedule } = settings;
  const { title: name } = sampler;
  if (!Number.isInteger(steps) || steps < 1 || steps > noiseSchedule.trainTimesteps) {
    throw new Error(
      `The number of steps is ${steps}, but has to be a whole number from 1 to ${noiseSchedule.trainTimesteps}, the timesteps this model was trained with.`,
    );
  }
  if (!(strength >= 0 && strength <= 1))
    throw new Error(`The strength is ${strength}, but has to lie between 0 and 1.`);
  if (!(eta >= 0 && eta <= 1)) throw new Error(`Eta is ${eta}, but has to lie between 0 and 1.`);
  if (eta > 0 && !sampler.takesEta) throw new Error(`${name} does not take eta: set it to 0 or choose DDIM.`);
  if (sigmas !== 'default' && !sampler.placesSigmas) {
    throw new Error(
      `${name} goes down its own noise levels: set the sigmas to "default" instead of "${sigmas}", or choose DPM++ 2M.`,
    );
  }
}
