import type { Token } from '../../core/values';

/** A tokenizer, as far as reading prompts needs it. */
export interface Vocabulary {
  readonly endId: number;
  /** The tokens of a text, however many, without start and end. */
  tokenize(text: string): Token[];
}
