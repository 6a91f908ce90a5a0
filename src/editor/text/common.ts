import { wordsOf } from './words-of';

/** What several parts of the page say. */
export const common = wordsOf('common', {
  untitled: 'Untitled',
  close: 'Close',
  cancel: 'Cancel',
  undo: 'Undo',
  search: 'Search',
  nothingCalled: 'Nothing is called that.',
});
