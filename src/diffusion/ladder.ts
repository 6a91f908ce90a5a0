import type { NoiseMix, NoiseSchedule } from '../core/sampler-table';
import type { NoiseLevel } from './noise-level';
import type { SamplerOptions } from './options';
import type { SigmaRule } from './sigmas';
import type { Spacing } from './timesteps';
import type { TrainedNoise } from './trained-noise';

/** One step of a ladder: the model is asked at `from`, the sample arrives at `to`. */
export interface Transition {
  readonly from: NoiseLevel;
  readonly to: NoiseLevel;
}

export interface LadderSettings {
  readonly noiseSchedule: NoiseSchedule;
  readonly trained: TrainedNoise;
  readonly steps: number;
  readonly spacing: Spacing;
  readonly sigmas: SigmaRule;
  /** 0 to 1, see `ScheduleSettings`. */
  readonly strength: number;
  readonly options: SamplerOptions;
  readonly leavesOutPenultimate: boolean;
  /** The steps that are run, from `first` up to `last` (exclusive), and whether what noise is then left stays; all where absent. */
  readonly part?: StepRange | undefined;
  /** The sigma at which this sampler ends with ComfyUI's sigmas; 0 where absent. */
  readonly endsAt?: number | undefined;
}

export interface StepRange {
  readonly first: number;
  readonly last: number;
  readonly leftover: boolean;
}

/** A way down the noise levels. */
export interface Descent {
  /** The transitions that are run; empty when the strength is too low for any. */
  readonly transitions: readonly Transition[];
  /** Those before them, which the strength leaves out. */
  readonly skipped: readonly Transition[];
  readonly trained: TrainedNoise;
  /** The level of a sigma between those of the transitions, for samplers that look there. */
  between(sigma: number): NoiseLevel;
  /** `x` at the start, without a picture: `noise * startScale`. */
  readonly startScale: number;
  /** How the picture of image to image is mixed with noise, where not as noisy as the first transition begins. */
  readonly start?: NoiseMix;
  /** ComfyUI's sigmas lead down: samplers that go otherwise there than in diffusers go as there. */
  readonly comfyui?: boolean;
  /** What the sample is multiplied with in the end, so that what noise is left lies on a picture of full strength. */
  readonly endScale?: number;
}

/**
 * Down which noise levels a family of samplers goes; the columns that diffusers' schedulers fall into, one file in `ladders/`
 * each.
 */
export interface Ladder {
  /** Whether formulas may place its sigmas: Karras, exponential, beta, those of ComfyUI; or those of ComfyUI alone. */
  readonly placesSigmas: boolean | 'comfyui';
  /** Throws a sentence where the settings have no such way. */
  descend(settings: LadderSettings): Descent;
}

/** Neighbours become transitions; the last goes to `last`. */
export function transitionsOf(levels: readonly NoiseLevel[], last: NoiseLevel): Transition[] {
  return levels.map((from, index) => ({ from, to: levels[index + 1] ?? last }));
}

/** diffusers' image to image: of so many steps the first are left out. */
export function leaveOut(
  all: readonly Transition[],
  { steps, strength }: Pick<LadderSettings, 'steps' | 'strength'>,
): Pick<Descent, 'transitions' | 'skipped'> {
  const count = Math.min(Math.trunc(steps * strength), steps);
  return { transitions: count ? all.slice(steps - count) : [], skipped: all.slice(0, steps - count) };
}

/** What descents on the training table share: samples of the variance that the model was trained with. */
export function onTable(all: readonly Transition[], settings: LadderSettings): Descent {
  const { trained } = settings;
  return {
    ...leaveOut(all, settings),
    trained,
    startScale: 1,
    between: (sigma) => trained.levelAt(Math.round(trained.timestepAt(sigma))),
  };
}
