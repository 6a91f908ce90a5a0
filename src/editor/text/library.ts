import { wordsOf } from './words-of';

/** What is said of models before their panel is opened. */
export const library = wordsOf('library', {
  builtIn: (name: string) => `${name}, built in`,
  notComplete: (name: string) => `${name} is not complete.`,
  severalNotComplete: (count: number) => `${count} downloads are not complete.`,
  notCompleteHint: 'The page was closed before. What came so far is kept.',
  show: 'Show',
});
