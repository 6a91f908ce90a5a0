import type { Step } from '../core/values';
import type { Ladder, Transition } from './ladders';
import type { Spacing } from './timesteps';

/**
 * A sampler: how a sample goes down a ladder of noise levels. It is a function from numbers to numbers; the tensors come
 * later (DESIGN.md, "A sampler is a table"). One file in `samplers/` is one sampler, named by its file.
 */
export interface Sampler {
  /** As people know it, "DPM++ 2M". */
  readonly title: string;
  /** A sentence on when to choose it. */
  readonly help: string;
  readonly ladder: Ladder;
  /** The spacing that diffusers gives it by default. */
  readonly spacing: Spacing;
  /** Whether Karras and exponential sigmas apply to it. */
  readonly placesSigmas: boolean;
  /** Whether eta, the share of fresh noise in each step, applies to it. */
  readonly takesEta: boolean;
  /** The rows, in order; one for each evaluation of the model. */
  steps(transitions: readonly Transition[], eta: number): Step[];
}
