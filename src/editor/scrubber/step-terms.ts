import type { PredictionType, Step } from '../../core/sampler-table';

/** One term of a step's formula: a weight times a tensor. */
export interface Term {
  /** As the sampler's table calls it: a source of this step, or a slot that an earlier one wrote. */
  readonly source: string;
  readonly weight: number;
  /** The tensor as a letter and an index: D and 17 is what was expected at evaluation 17. */
  readonly letter: string;
  readonly index: number | undefined;
}

interface Origin {
  readonly letter: string;
  /** Counted from 1, as people count steps. */
  readonly index: number;
}

const letters: Readonly<Record<string, string>> = { x: 'x', denoised: 'D', epsilon: 'ε', prediction: 'p', noise: 'n' };

const updateOf = (step: Step, type: PredictionType) => step.updateBy?.[type] ?? step.update;

/**
 * The row of a sampler's table that makes the next latent at an evaluation, as terms: slots that hold what an earlier step
 * had as it was are called after that.
 */
export function termsOf(steps: readonly Step[], evaluation: number, type: PredictionType): readonly Term[] {
  let slots: Readonly<Record<string, Origin>> = {};
  const origin = (source: string, at: number): Origin | undefined => {
    const letter = letters[source];
    return letter === undefined ? slots[source] : { letter, index: at + 1 };
  };
  for (const [at, step] of steps.slice(0, evaluation).entries()) {
    const next: Record<string, Origin> = {};
    for (const [slot, terms] of Object.entries(updateOf(step, type))) {
      const [only, ...more] = Object.entries(terms);
      const from = only && more.length === 0 && only[1] === 1 ? origin(only[0], at) : undefined;
      if (from && slot !== 'x') next[slot] = from;
    }
    slots = next;
  }
  const step = steps[evaluation];
  const row = step ? updateOf(step, type).x : undefined;
  return Object.entries(row ?? {}).flatMap(([source, weight]) => {
    const from = origin(source, evaluation);
    const known = from ?? { letter: source, index: undefined };
    // What is there at this step alone needs no index.
    const index = source === 'x' || source === 'noise' ? undefined : known.index;
    return weight === 0 ? [] : [{ source, weight, letter: known.letter, index }];
  });
}
