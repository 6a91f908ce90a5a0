import { wordsOf } from './words-of';

/** Context menus and the main menu. */
export const menus = wordsOf('menus', {
  graph: 'Graph',
  frame: 'Frame',
  note: 'Note',
  reroute: 'Reroute',
  wire: 'Wire',
  pictureOf: (title: string) => `Picture of ${title}`,
  menu: 'Menu',
  back: 'Back',
  closeMenu: 'Close the menu',
  nothing: 'Nothing here to do that with.',
  arrange: 'Arrange',
  kept: 'Kept in this browser',
});
