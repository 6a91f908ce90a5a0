import { common } from './common';
import { wordsOf } from './words-of';

/** What is said of how graphs are kept and of other pages that have them open. */
export const keeping = wordsOf('keeping', {
  notKept: 'Not kept',
  notKeptHelp: 'The last changes are in memory only.',
  follows: 'Another tab edits this graph. You see what it does.',
  takeOver: 'Take over',
  takeOverHelp: 'The other tab keeps what it has, and follows from then on.',
  refusedTitle: 'This graph is edited in another tab.',
  refusedText: 'Take over to change it here.',
  tookOver: (name: string) => `Another tab has taken over ${name || common.untitled}.`,
  tookOverText: 'All you did here is kept. This tab follows now.',
  cutOffName: (name: string) => `${name || common.untitled}, from this tab`,
  cutOff: (name: string) => `Another tab took over ${name || common.untitled} before the last changes here were kept.`,
  cutOffText: 'They are in a graph of their own, which is open now.',
  saveToFile: 'Save to file',
  free: { models: 'Models…', history: 'Runs…', graphs: 'Graphs…' },
  keptAgain: 'Everything is kept again.',
  fileCopy: (name: string) => `${name || common.untitled}, from a file`,
});
