import { wordsOf } from './words-of';

/** What stands in the way of a run. */
export const problems = wordsOf('problems', {
  problems: 'Problems',
  noProblems: 'No problems',
  noneHint: 'Nothing stands in the way of a run.',
  unminded: 'No run minds these',
  more: (count: number) => `And ${count} more.`,
});
