import { countWords } from './count-words';
import { wordsOf } from './words-of';

/** What several parts of the page say. */
export const common = wordsOf('common', {
  untitled: 'Untitled',
  close: 'Close',
  cancel: 'Cancel',
  undo: 'Undo',
  search: 'Search',
  nothingCalled: 'Nothing is called that.',
  dismiss: 'Dismiss',
  closeNamed: (title: string) => `Close ${title.toLowerCase()}`,
  evaluations: (count: number) => countWords(count, 'evaluation'),
  graphs: (count: number) => countWords(count, 'graph'),
  nodes: (count: number) => countWords(count, 'node'),
  parts: (count: number) => countWords(count, 'part'),
  problems: (count: number) => countWords(count, 'problem'),
  reroutes: (count: number) => countWords(count, 'reroute'),
  subgraphs: (count: number) => countWords(count, 'subgraph'),
  wires: (count: number) => countWords(count, 'wire'),
  zones: (count: number) => countWords(count, 'zone'),
  range: (minimum: string, maximum: string) => `${minimum} to ${maximum}`,
  spokenUnits: (duration: string) =>
    duration.replace(' ms', ' milliseconds').replace(' min', ' minutes').replace(/ s$/, ' seconds'),
});
