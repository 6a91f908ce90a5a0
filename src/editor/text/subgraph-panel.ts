import { wordsOf } from './words-of';

/** What a subgraph shows, making and expanding it, and the palette of one’s own. */
export const subgraphPanel = wordsOf('subgraph-panel', {
  sides: {
    inputs: 'Inputs',
    outputs: 'Outputs',
    params: 'Parameters',
  },
  one: {
    inputs: 'an input',
    outputs: 'an output',
    params: 'a parameter',
  },
  rename: (port: string) => `Rename ${port}`,
  name: (port: string) => `Name of ${port}`,
  hide: (port: string) => `Hide ${port}`,
  hideHelp: 'Takes it from the subgraph and all its instances, with its wires.',
  show: (port: string) => `Show ${port}`,
  showAny: (port: string) => `Show ${port} …`,
  subgraph: 'Subgraph',
  what: 'What the subgraph does',
  whatHint: 'One sentence, for whoever points at it.',
  describe: 'Describe subgraph',
  kept: (title: string) => `${title} is in your palette.`,
  keptHint: 'It can be added to every graph of this browser.',
  gone: (title: string) => `${title} is no longer in your palette.`,
  goneHint: 'Graphs that have it keep it.',
  notMade: 'The selection does not make a subgraph.',
  make: 'Make subgraph',
  notExpanded: 'The subgraph cannot be expanded.',
  expand: (subgraphs: string) => `Expand ${subgraphs}`,
});
