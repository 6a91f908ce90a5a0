import { wordsOf } from './words-of';

/** Searching in the graph. */
export const find = wordsOf('find', {
  title: 'Find in the graph',
  hint: 'Name, type, value, words of a prompt',
  none: 'Nothing found',
  previous: 'Previous',
  next: 'Next',
  closeSearch: 'Close the search',
  frame: 'Frame',
  note: 'Note',
});
