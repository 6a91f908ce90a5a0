import type { Icon } from '@tabler/icons-react';
import type { MenuPlace, MenuTarget } from './menus/target';
import { page } from './text/page';

/** The parts of the menu, and of context menus between their lines. */
export const sectionTitles = {
  graph: page.sections.graph,
  run: page.sections.run,
  edit: page.sections.edit,
  add: page.sections.add,
  node: page.sections.node,
  arrange: page.sections.arrange,
  view: page.sections.view,
} as const;
export type Section = keyof typeof sectionTitles;

/** One of several ways in which a command can act. */
export interface CommandOption {
  readonly title: string;
  /** What else people call it, beside the other names of the command. */
  readonly alsoCalled?: string;
  /** A colour that stands beside it. */
  readonly swatch?: string;
  readonly chosen: boolean;
  readonly run: () => void;
}

/** Something the user can do: menus, shortcuts and tests read it from here. One file in `commands/` is one command. */
export interface Command {
  /** Ends in … where it opens a window; test/e2e/a11y.spec.ts opens each of those. */
  readonly title: string;
  /** What else people call it, other programs too, for the command palette: "gallery, outputs". */
  readonly alsoCalled?: string;
  /** A title that tells more at the moment: "Undo move 3 nodes". */
  readonly titleNow?: (on?: MenuTarget) => string;
  /** `mod+shift+z`: mod is Command on a Mac and Control elsewhere. The first one is shown. */
  readonly keys?: readonly string[];
  /** Where in the menu it stands; commands without one are for keys only. */
  readonly menu?: { readonly section: Section; readonly place: number };
  /** The context menus in which it stands, grouped and ordered as `menu` says. */
  readonly context?: readonly MenuPlace[];
  /** What must be there before it can act, as a sentence: "Select two parts or more." Menus say it of a disabled entry. */
  readonly needs?: string;
  /** Beside its name where there is room for one. */
  readonly icon?: Icon;
  /** What there is to choose from: a menu beside its line, and a line for each in the command palette. */
  readonly options?: (on?: MenuTarget) => readonly CommandOption[];
  /** It opens the command palette, so the palette does not list it. */
  readonly opensPalette?: true;
  /** Whether its keys also work while the user types in a field. */
  readonly whileTyping?: boolean;
  /** `on` is what a context menu was opened on; without one the selection is meant. */
  readonly enabled?: (on?: MenuTarget) => boolean;
  readonly run: (on?: MenuTarget) => void | Promise<void>;
}

export const defineCommand = (command: Command): Command => command;

export const isMac = /mac|iphone|ipad/i.test(navigator.userAgent);

const arrowNames = { arrowup: '↑', arrowdown: '↓', arrowleft: '←', arrowright: '→', contextmenu: page.keys.menu };

const names: Readonly<Record<string, string>> = isMac
  ? {
      mod: '⌘',
      shift: '⇧',
      alt: '⌥',
      enter: '↵',
      delete: '⌦',
      backspace: '⌫',
      tab: page.keys.tab,
      escape: page.keys.escape,
      ' ': page.keys.space,
      ...arrowNames,
    }
  : {
      mod: page.keys.control,
      shift: page.keys.shift,
      alt: page.keys.alt,
      enter: page.keys.enter,
      delete: page.keys.delete,
      backspace: page.keys.backspace,
      tab: page.keys.tab,
      escape: page.keys.escape,
      ' ': page.keys.space,
      ...arrowNames,
    };

/** `mod+z` as it stands in a menu: ⌘ Z, or Ctrl Z. */
export const keyWords = (keys: string): string =>
  keys
    .split('+')
    .map((key) => names[key] ?? key.toUpperCase())
    .join(' ');
