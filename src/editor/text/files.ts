import { wordsOf } from './words-of';

/** Graphs that are opened, kept and saved. */
export const files = wordsOf('files', {
  updated: (nodes: string) => `Updated from an older version, ${nodes} changed.`,
  update: 'Update',
  openFile: 'Open file',
  noGraph: 'This file carries no graph.',
  noGraphHint: 'Web sites often take it out of pictures; the file as it was saved has it.',
  savedTo: (name: string) => `Saved to ${name}`,
  savedHint: 'The graph only; pictures are not in it.',
});
