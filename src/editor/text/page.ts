import { wordsOf } from './words-of';

/** The frame of the page: sections of the menu, names of keys. */
export const page = wordsOf('page', {
  drop: 'Drop a graph, a picture, a value or a model',
  closePanels: 'Close panels',
  sections: {
    graph: 'Graph',
    run: 'Run',
    edit: 'Edit',
    add: 'Add',
    node: 'Nodes',
    arrange: 'Arrange',
    view: 'View',
  },
  keys: {
    help: 'F1',
    menu: 'Menu',
    tab: 'Tab',
    escape: 'Esc',
    space: 'Space',
    control: 'Ctrl',
    shift: 'Shift',
    alt: 'Alt',
    enter: 'Enter',
    delete: 'Del',
    backspace: 'Backspace',
  },
  tellsMore: 'tells more',
});
