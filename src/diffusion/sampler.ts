import type { Step } from '../core/sampler-table';
import type { Descent, Ladder } from './ladder';
import type { OptionName, SamplerOptions } from './options';
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
  /** The options that apply to it. */
  readonly takes: readonly OptionName[];
  /** ComfyUI plans one step more for it and leaves out the last sigma but one. */
  readonly leavesOutPenultimate?: boolean;
  /** The sigma at which it ends in ComfyUI; 0 where absent. */
  readonly comfyuiEnd?: number;
  /** The rows, in order; one for each evaluation of the model. */
  steps(descent: Descent, options: SamplerOptions): Step[];
}
