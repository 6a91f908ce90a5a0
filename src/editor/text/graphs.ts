import { wordsOf } from './words-of';

/** The graphs that this browser keeps. */
export const graphs = wordsOf('graphs', {
  title: 'Graphs in this browser',
  duplicateNamed: (name: string) => `Duplicate ${name}`,
  duplicate: 'Duplicate',
  deleteNamed: (name: string) => `Delete ${name}`,
  delete: 'Delete',
  none: 'No graphs yet. Each one you make is kept here.',
});
