import type { PromptToken } from '../../core/values';

/** A word that a textual inversion embedding stands for; its vectors take `count` positions. */
export interface LearnedWord {
  readonly word: string;
  readonly count: number;
}

/** The positions that a learned word takes. Their `id` is a placeholder: vectors come in its place. */
export const learnedTokens = ({ word, count }: LearnedWord, id: number, weight: number): PromptToken[] =>
  Array.from({ length: count }, (_, row) => ({ id, text: word, weight, learned: { word, row } }));
