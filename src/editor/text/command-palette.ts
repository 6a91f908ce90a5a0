import { wordsOf } from './words-of';

/** Everything that can be done, by its name. */
export const commandPalette = wordsOf('command-palette', {
  groups: {
    commands: 'Commands',
    graph: 'In this graph',
    add: 'Add a node',
    open: 'Open graphs',
    templates: 'Templates',
  },
  search: 'Search commands and nodes',
  placeholder: 'What do you want to do?',
  list: 'Commands and nodes',
  goTo: 'go to',
  frame: (title: string) => `Frame: ${title}`,
  note: (line: string) => `Note: ${line}`,
  copy: 'open a copy',
  // What is found by, besides titles.
  addWord: 'add',
  tabWord: 'tab',
  show: 'show',
  templateWords: 'template open',
});
