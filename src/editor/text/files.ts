import { wordsOf } from './words-of';

/** Graphs that are opened, kept and saved. */
export const files = wordsOf('files', {
  notKept: 'This graph cannot be kept in this browser.',
  notKeptHint: (message: string) => `${message} Save it to a file.`,
  updated: (nodes: string) => `Updated from an older version, ${nodes} changed.`,
  deleted: (name: string) => `Deleted ${name}`,
  openFile: 'Open file',
  savedTo: (name: string) => `Saved to ${name}`,
  savedHint: 'The graph only; pictures are not in it.',
});
