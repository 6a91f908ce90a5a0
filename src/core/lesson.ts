import type { Image } from './values';

/** What a node that learns tells on its way. */
export interface LessonNews {
  /** What is to be known before the first step. */
  readonly needs?: LessonNeeds;
  /** Losses of steps that were made; `at` is how many came before the first of them, whether in this run or an earlier one. */
  readonly losses?: { readonly at: number; readonly values: readonly number[] };
  /** What is drawn with what was learned after so many steps. */
  readonly sample?: { readonly step: number; readonly image: Image };
  /** There is no room to keep how far it is, so that it will not go on after a restart. */
  readonly unkept?: true;
}

export interface LessonNeeds {
  /** The most memory at any time of a step, as far as one can tell. */
  readonly bytes: number;
  /** In a few words what is done to take no more; empty where nothing is. */
  readonly how: string;
  /** What may not be as it was meant, in sentences. */
  readonly remarks?: readonly string[];
}
