import { common } from './common';
import { countWords } from './count-words';
import { wordsOf } from './words-of';

/** The name of a graph, also of one without a name. */
const named = (name: string): string => name || common.untitled;

/** The graphs of this browser: lists, the trash, files of all of it. */
export const graphs = wordsOf('graphs', {
  title: 'Graphs in this browser',
  count: (count: number) => countWords(count, 'graph'),
  search: 'Names, prompts, nodes',
  searchLabel: 'Search graphs',
  sort: 'Order',
  sorts: { changed: 'Last changed', created: 'Newest', name: 'Name', size: 'Largest' },
  tags: 'Tags',
  trash: 'Trash',
  trashCount: (count: number) => `Trash, ${countWords(count, 'graph')}`,
  none: 'No graphs yet. Each one you make is kept here.',
  noneFound: 'No graph says that. Try a shorter word.',
  noneInTrash: 'The trash is empty.',
  open: (name: string) => named(name),
  about: (nodes: number, when: string) => `${countWords(nodes, 'node')} · ${when}`,
  isOpen: 'open',
  duplicate: (name: string) => `Duplicate ${named(name)}`,
  duplicateHelp: 'Duplicate',
  rename: (name: string) => `Rename ${named(name)}`,
  renameHelp: 'Rename',
  renameGesture: 'Rename graph',
  newName: (name: string) => `New name of ${named(name)}`,
  editTags: (name: string) => `Tags of ${named(name)}`,
  tagsHelp: 'Tags',
  tagsHint: 'portrait, night',
  delete: (name: string) => `Delete ${named(name)}`,
  deleteHelp: 'Put into the trash',
  restore: (name: string) => `Restore ${named(name)} from its picture`,
  bringBack: (name: string) => `Restore ${named(name)}`,
  restoreHelp: 'Restore',
  forget: (name: string) => `Delete ${named(name)} for good`,
  forgetHelp: 'Delete for good',
  emptyTrash: 'Empty the trash',
  emptyTrashSure: (count: number) => `Delete ${countWords(count, 'graph')} for good`,
  trashed: (names: readonly string[]) =>
    names.length === 1 ? `Deleted ${named(names[0] ?? '')}` : `Deleted ${countWords(names.length, 'graph')}`,
  copyOf: (name: string) => `${named(name)}, copy`,
  openElsewhere: (name: string) => `${named(name)} is open in another tab of this browser.`,
  openElsewhereText: 'Close it there first.',
  exportAll: 'Save all to a file',
  exportHelp: 'Graphs, versions, the files that they use and your own subgraphs, in one zip.',
  withRuns: 'with runs and pictures',
  importAll: 'Open a saved library…',
  exported: (name: string, size: string) => `Saved to ${name}, ${size}`,
  imported: (graphs: number) => `Took in ${countWords(graphs, 'graph')}`,
  importedText: (more: {
    readonly beside: number;
    readonly same: number;
    readonly versions: number;
    readonly files: number;
    readonly runs: number;
  }) =>
    [
      more.beside > 0 && `${countWords(more.beside, 'graph')} that differ from yours are kept beside them.`,
      more.same > 0 && `${countWords(more.same, 'graph')} were here already.`,
      more.versions > 0 && `${countWords(more.versions, 'version')} came along.`,
      more.files > 0 && `${countWords(more.files, 'file')} came along.`,
      more.runs > 0 && `${countWords(more.runs, 'run')} came along.`,
    ]
      .filter(Boolean)
      .join(' '),
  importRefused: (count: number, first: string) => `${countWords(count, 'part')} could not be taken in: ${first}`,
  copyFromFile: (name: string) => `${named(name)}, from a file`,
  used: (used: string, quota: string) => `${used} of ${quota} used`,
  forGood: 'kept until you remove them',
  askForGood: 'Keep graphs even when the disk is full',
  askedInVain: 'The browser did not agree to keep graphs for good.',
  askedInVainText:
    'It may clear them when the disk is full. Installing Weft as an app or adding it to your bookmarks can change that.',
});
