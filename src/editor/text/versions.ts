import { common } from './common';
import { countWords } from './count-words';
import { wordsOf } from './words-of';

/** Earlier states of a graph, and how two of them differ. */
export const versions = wordsOf('versions', {
  title: 'Versions',
  of: (name: string) => `Versions of ${name || common.untitled}`,
  none: 'No versions yet. One is kept as you opened the graph, before large changes, and every ten minutes of work.',
  list: 'Versions',
  keepNowName: 'Name of the version',
  keepHint: 'before the new prompt',
  keep: 'Keep',
  opened: 'As opened',
  interval: 'While you worked',
  before: (gesture: string) => `Before: ${gesture}`,
  beforeRestore: 'Before a restore',
  named: 'Kept by you',
  nodes: (count: number) => countWords(count, 'node'),
  compare: 'Compared with',
  withNow: 'the graph as it is now',
  withBefore: 'the version before it',
  restore: 'Restore',
  restoreHelp: 'Makes the graph what it was. Undo takes it back.',
  restoreGesture: 'Restore version',
  restored: (when: string) => `Restored the version of ${when}`,
  copy: 'Open as a copy',
  copyName: (name: string, when: string) => `${name || common.untitled}, ${when}`,
  rename: 'Name',
  newName: 'Name of the version',
  delete: 'Delete version',
  noChange: 'Nothing differs.',
  changes: (count: number) => countWords(count, 'difference'),
  picture: (count: number) => `Drawing of the graph with ${countWords(count, 'difference')} marked`,
  legend: { added: 'added', removed: 'removed', changed: 'changed' },
  part: { node: 'Node', frame: 'Frame', note: 'Note', zone: 'Zone', wire: 'Wire', subgraph: 'Subgraph' },
  wire: (from: string, to: string) => `${from} → ${to}`,
  rerouted: 'takes another way',
  value: (name: string, before: string, after: string) => `${name}: ${before} → ${after}`,
  nothing: 'not set',
  graphName: 'Name of the graph',
  fields: { at: 'place', size: 'size', text: 'text', title: 'title', muted: 'muted', bypassed: 'bypassed' } as Readonly<
    Record<string, string>
  >,
  inside: (title: string, what: string) => `${title}: ${what}`,
});
