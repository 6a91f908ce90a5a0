/** A run of a prompt's text and how much it counts. */
export interface WeightedText {
  readonly text: string;
  readonly weight: number;
}

const LARGEST = 1e6;

/** Brackets nested a thousand deep multiply beyond what floats hold; no prompt means more than a millionfold. */
export const bounded = (weight: number): number => Math.min(LARGEST, Math.max(-LARGEST, weight));
