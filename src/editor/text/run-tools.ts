import { countWords } from './count-words';
import { wordsOf } from './words-of';

/** Beside Run: problems, queue, runs on every change. */
export const runTools = wordsOf('run-tools', {
  problemsHelp: 'What stands in the way of a run, with what to do.',
  queueWaiting: (waiting: number) => `Queue, ${waiting} waiting`,
  queue: 'Queue',
  queueHelp: 'Runs that wait and runs that are over, with their pictures.',
  onEveryChange: 'Run on every change',
  liveWaitsHelp: 'Waits until the problems are mended.',
  lessonWaits: 'A lesson starts with Run only',
  lessonWaitsText:
    'It takes minutes, so no change starts one. When it is through, what comes after it follows changes.',
  liveHelp: 'Every change runs what the graph shows. Nothing is saved by it, and seeds stay.',
  liveWaits: 'Waits',
  live: 'On change',
  waysRun: 'Ways to run',
  runOrQueue: 'Run, or queue what is here now',
  runToSelected: 'Run to the selected nodes',
  queueSeveral: 'Queue several…',
  stopOnEveryChange: 'Stop running on every change',
  problems: (count: number) => countWords(count, 'problem'),
});
