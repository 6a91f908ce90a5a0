import { countWords } from './count-words';
import { wordsOf } from './words-of';

/** The graph as a list. */
export const outline = wordsOf('outline', {
  title: 'Title',
  rename: 'Rename',
  needsWire: 'needs a wire',
  notWired: 'not wired',
  frame: 'Frame',
  zone: 'Zone',
  frameNamed: (title: string) => `Frame ${title}`,
  note: (words: string) => `Note: ${words}`,
  outline: 'Outline',
  addNode: 'Add a node',
  closeOutline: 'Close outline',
  empty: 'No nodes yet. Add one with the button above, or with Space.',
  tree: 'Nodes of the graph',
  requiredNotWired: 'required, not wired',
  socket: (side: 'source' | 'target', port: string) => `${side === 'target' ? 'Input' : 'Output'} ${port}`,
  peers: (side: 'source' | 'target', titles: string) => `${side === 'target' ? 'from' : 'to'} ${titles}`,
  wiredTo: (side: 'source' | 'target', titles: string) => `wired ${side === 'target' ? 'from' : 'to'} ${titles}`,
  from: (titles: string) => `from ${titles}`,
  zoneNamed: (title: string) => `${title} zone`,
  emptyNote: 'empty',
  nodes: (count: number) => countWords(count, 'node'),
});
