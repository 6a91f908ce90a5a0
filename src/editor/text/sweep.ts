import { countWords } from '../words';

/** Words about several pictures of one node: while they are made, as a grid, one of them, and as an animation. */
export const sweepWords = {
  progress: (done: number, of: number) => `${done} of ${countWords(of, 'picture')}`,
};
