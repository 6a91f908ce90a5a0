import { countWords } from './count-words';
import { wordsOf } from './words-of';

/** Subgraphs on the canvas and in the bar. */
export const subgraph = wordsOf('subgraph', {
  backTo: (title: string) => `Back to ${title}`,
  open: (title: string, size: string) => `Open ${title}, ${size}`,
  openHelp: 'Shows what is inside.',
  nodes: (count: number) => countWords(count, 'node'),
});
