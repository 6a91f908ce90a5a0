import type { NoiseSchedule, Schedule, Step } from '../core/sampler-table';
import type { StepRange } from './ladder';
import { type OptionName, optionNames, parseOptions, type SamplerOptions } from './options';
import type { Sampler } from './sampler';
import { samplers } from './samplers';
import { isComfyui, type SigmaRule, sigmaTitle } from './sigmas';
import type { Spacing } from './timesteps';
import { trainedNoise } from './trained-noise';

/** What the samplers' options are is told by `samplerOptions`; those that are absent take their defaults. */
export interface ScheduleSettings extends Partial<SamplerOptions> {
  /** The name of a sampler's file, `dpmpp-2m`. */
  readonly sampler: string;
  /** Steps from pure noise to the picture; with ComfyUI's sigmas and for consistency models those that are run. */
  readonly steps: number;
  /** The sampler's own where absent. */
  readonly spacing?: Spacing | undefined;
  readonly sigmas?: SigmaRule | undefined;
  /** 0 to 1: the share of the steps that are run; 1 for text to image, less to start from a picture. */
  readonly strength?: number | undefined;
  /** With ComfyUI's sigmas: which of the steps are run. */
  readonly part?: StepRange | undefined;
  readonly noiseSchedule: NoiseSchedule;
}

/**
 * A sampler compiled to rows of numbers, as diffusers' scheduler of that name would step. Throws a sentence where the
 * settings do not fit each other.
 */
export function compileSchedule(settings: ScheduleSettings): Schedule {
  const { steps, noiseSchedule, sigmas = 'default', strength = 1 } = settings;
  const sampler = samplerNamed(settings.sampler);
  const given = Object.fromEntries(
    optionNames.filter((name) => settings[name] !== undefined).map((name) => [name, settings[name]]),
  );
  const options = parseOptions(given);
  refuse(sampler, settings, options);
  const spacing = settings.spacing ?? sampler.spacing;
  const descent = sampler.ladder.descend({
    noiseSchedule,
    trained: trainedNoise(noiseSchedule),
    steps,
    spacing,
    sigmas,
    strength,
    options,
    leavesOutPenultimate: sampler.leavesOutPenultimate ?? false,
    part: settings.part,
    endsAt: sampler.comfyuiEnd,
  });
  const { transitions, skipped, startScale } = descent;
  const [start] = transitions;
  if (start === undefined) {
    throw new Error(
      `A strength of ${strength} leaves none of the ${steps} steps to run: raise the strength to ${Math.ceil(100 / steps) / 100} or take more steps.`,
    );
  }
  const rows = scaledAtEnd(sampler.steps(descent, options), descent.endScale ?? 1);
  return {
    title: title(sampler, settings, options, skipped.length),
    steps: limitsDenoised(options) ? rows.map((row) => ({ ...row, ...limits(options) })) : rows,
    startScale,
    start: descent.start ?? { signal: start.from.signal, noise: start.from.noise },
  };
}

/** The rows, the last of which multiplies the sample by `scale`. */
function scaledAtEnd(rows: readonly Step[], scale: number): readonly Step[] {
  const last = rows.at(-1);
  if (!last || scale === 1) return rows;
  const scaled = Object.fromEntries(
    Object.entries(last.update.x ?? {}).map(([source, factor]) => [source, scale * factor]),
  );
  return [...rows.slice(0, -1), { ...last, update: { ...last.update, x: scaled } }];
}

/** Of these options those that apply to a sampler: what a node shows of its parameters and hands on. */
export function optionsOf(sampler: string, given: SamplerOptions): Partial<SamplerOptions> {
  const { takes } = samplerNamed(sampler);
  return Object.fromEntries(takes.map((name) => [name, given[name]]));
}

function samplerNamed(name: string): Sampler {
  const sampler = Object.hasOwn(samplers, name) ? samplers[name] : undefined;
  if (sampler === undefined)
    throw new Error(`There is no sampler "${name}". Known are ${Object.keys(samplers).join(', ')}.`);
  return sampler;
}

const defaults = parseOptions({});

const limitsDenoised = ({ clipping }: SamplerOptions): boolean => clipping !== 'none';

function limits({ clipping, clipRange, ...threshold }: SamplerOptions): Pick<Step, 'clip' | 'threshold'> {
  return clipping === 'range'
    ? { clip: clipRange }
    : { threshold: { quantile: threshold.thresholdQuantile, maximum: threshold.thresholdMaximum } };
}

/** "DPM++ 2M Karras, order 3, 10 of 20 steps": what differs from the defaults. */
function title(sampler: Sampler, settings: ScheduleSettings, options: SamplerOptions, skipped: number): string {
  const { steps, sigmas = 'default', strength = 1 } = settings;
  const rule = sigmas === 'default' ? '' : ` ${sigmas === 'karras' ? 'Karras' : sigmaTitle(sigmas)}`;
  const changed = sampler.takes
    .filter((name) => options[name] !== defaults[name])
    .map((name) => (options[name] === true ? `${name}, ` : `${name} ${options[name]}, `));
  const length = skipped ? `${steps - skipped} of ${steps} steps` : `${steps} ${steps === 1 ? 'step' : 'steps'}`;
  // Where all steps are run the strength says how noisy they begin.
  const share = strength < 1 && !skipped ? `, strength ${strength}` : '';
  return `${sampler.title}${rule}, ${changed.join('')}${length}${share}`;
}

function refuse(sampler: Sampler, settings: ScheduleSettings, options: SamplerOptions): void {
  const { steps, sigmas = 'default', strength = 1, noiseSchedule, spacing } = settings;
  const { title: name } = sampler;
  if (!Number.isInteger(steps) || steps < 1 || steps > noiseSchedule.trainTimesteps) {
    throw new Error(
      `The number of steps is ${steps}, but has to be a whole number from 1 to ${noiseSchedule.trainTimesteps}, the timesteps this model was trained with.`,
    );
  }
  if (!(strength >= 0 && strength <= 1))
    throw new Error(`The strength is ${strength}, but has to lie between 0 and 1.`);
  const { placesSigmas } = sampler.ladder;
  if (sigmas !== 'default' && !(placesSigmas === 'comfyui' ? isComfyui(sigmas) : placesSigmas)) {
    throw new Error(
      `${name} goes down its own noise levels: set the sigmas to "default" instead of "${sigmas}", or choose DPM++ 2M.`,
    );
  }
  if (isComfyui(sigmas) && (spacing !== undefined || options.finalSigma !== 'zero')) {
    throw new Error(
      `The sigmas "${sigmas}" bring their own spacing and end at zero: set the spacing to "default" and the final sigma to "zero".`,
    );
  }
  if (settings.part && !isComfyui(sigmas)) {
    throw new Error(
      `Only the sigmas of ComfyUI run a part of the steps: choose one of them instead of "${sigmas}", or run all steps.`,
    );
  }
  const foreign = optionNames.find((one) => options[one] !== defaults[one] && !sampler.takes.includes(one));
  if (foreign) {
    throw new Error(
      `${name} does not take ${foreign}: leave it at ${defaults[foreign]} or choose ${whoTakes(foreign).join(', ')}.`,
    );
  }
  if (options.clipping === 'dynamic' && !sampler.takes.includes('thresholdQuantile'))
    throw new Error(`${name} has no dynamic clipping: set the clipping to "range" or "none".`);
}

const whoTakes = (option: OptionName): string[] =>
  Object.values(samplers)
    .filter(({ takes }) => takes.includes(option))
    .map(({ title }) => title);
