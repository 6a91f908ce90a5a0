import { countWords } from './count-words';
import { wordsOf } from './words-of';

/** Runs that begin, end or cannot begin. */
export const runs = wordsOf('runs', {
  starting: 'Starting',
  noEngine: 'No engine',
  showAll: 'Show all',
  rollSeeds: 'Roll seeds',
  over: (graph: string) => `The run of ${graph} is over.`,
  show: 'Show',
  showFirst: 'Show first',
  othersRun: (others: number, of: number) => `The other ${countWords(others, 'result')} of ${of} will run.`,
  problems: (count: number, first: string) => `${countWords(count, 'problem')} before the run: ${first}`,
  failed: (count: number, first: string) => `${countWords(count, 'node')} failed: ${first}`,
});
