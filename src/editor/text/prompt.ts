import { wordsOf } from './words-of';

/** Prompts that the built-in model reads. */
export const prompt = wordsOf('prompt', {
  card: 'Model card',
  insert: (word: string) => `Insert ${word}`,
  about: 'This is tiny, the model that comes with Weft: 16 M parameters, trained on scenes of emoji, 128 × 128. ',
  aboutNot: 'It is not Stable Diffusion; load a checkpoint for that.',
  notLoaded: (status: number) => `The list of words could not be loaded: ${status}.`,
});
