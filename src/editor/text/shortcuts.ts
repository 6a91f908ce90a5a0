import { wordsOf } from './words-of';

/** What the keys do. */
export const shortcuts = wordsOf('shortcuts', {
  more: 'More',
  title: 'Keyboard shortcuts',
  resetAll: 'Reset all',
  search: 'Search shortcuts',
  shortcuts: 'Shortcuts',
  onCanvas: 'On the canvas',
  none: 'No command is called that.',
  resetKeys: (title: string) => `Reset the keys of ${title}`,
  reset: 'Reset',
  changeKeys: (title: string) => `Change the keys of ${title}`,
  change: 'Change',
  newKeys: (title: string) => `New keys of ${title}`,
  press: 'Press the new keys',
  taken: (keys: string, owner: string) => `${keys} is “${owner}” by now.`,
  takeOver: 'Take it over',
  noKeys: 'No keys',
  fixed: {
    tab: 'Tab goes on to the next part of the page.',
    back: 'Shift Tab goes back through the page.',
    enter: 'Enter edits what has the focus.',
    arrows: 'Arrow keys move within what has the focus.',
    closes: 'The browser closes the page with it.',
    opens: 'The browser opens a page with it.',
    window: 'The browser opens a window with it.',
  },
});
