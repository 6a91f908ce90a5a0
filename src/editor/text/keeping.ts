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
  silent: {
    what: 'The storage of this browser has not answered yet.',
    cure: 'What was open is shown as soon as it does; reload the page if this stays.',
  },
  notShown: 'what was open is not shown',
  noShelf: 'your own subgraphs are not in the palette',
  tryAgain: 'Try again',
  goOn: 'New graph',
  goOnHelp: 'What could not be read stays where it is, and is tried again when this page is opened again.',
  free: {
    models: (size: string) => `Models, ${size}…`,
    runs: (size: string) => `Runs, ${size}…`,
    graphs: (size: string) => `Graphs, ${size}…`,
  },
  keptAgain: 'Everything is kept again.',
  fileCopy: (name: string) => `${name || common.untitled}, from a file`,
});
