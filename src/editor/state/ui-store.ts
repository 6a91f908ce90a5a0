import { createStore } from 'zustand/vanilla';
import type { WireEnd } from '../../core/document';
import type { Kind } from '../../core/kinds';
import type { Conversion } from '../document/conversion';
import type { MenuTarget } from '../menus/target';
import type { LooseEnd } from './add-node';
import type { Side, WireInHand } from './wire-in-hand';

export type Theme = 'dark' | 'light';
/** What the user chose: a theme, or that of the system. */
export type ThemeChoice = Theme | 'system';

export interface Refused {
  /** In pixels of the window. */
  readonly x: number;
  readonly y: number;
  readonly reason: string;
  readonly from: WireEnd;
  readonly to: WireEnd;
  /** The node that would make it fit. */
  readonly conversion: Conversion | undefined;
}

/** Sockets of a node that would all take a wire. */
export interface Choosing {
  /** In pixels of the window. */
  readonly x: number;
  readonly y: number;
  readonly hand: WireInHand;
  readonly node: string;
  readonly choices: readonly { readonly port: string; readonly kind: Kind | undefined }[];
}

export interface Adding {
  /** In pixels of the window. */
  readonly x: number;
  readonly y: number;
  readonly loose: LooseEnd | undefined;
  /** The wire that takes the node in. */
  readonly into?: string;
  /** The place is that of the focus and not of the pointer: the node goes beside what is there. */
  readonly beside?: boolean;
}

/** A node, or one of its sockets. */
export interface Connecting {
  readonly node: string;
  readonly socket?: { readonly port: string; readonly side: Side };
}

/** The parameter of a node that is being painted. */
export interface Painted {
  readonly node: string;
  readonly parameter: string;
}

interface UiState {
  /** What is shown. */
  readonly theme: Theme;
  readonly themeChoice: ThemeChoice;
  readonly palette: boolean;
  readonly inspector: boolean;
  /** The graph as a list is shown. */
  readonly outline: boolean;
  /** Types of the nodes that were added last, newest first. */
  readonly recent: readonly string[];
  /** Types of the nodes that the user starred, in this order. */
  readonly favourites: readonly string[];
  /** The overview of the graph is shown. */
  readonly overview: boolean;
  /** The field that searches the graph is open. */
  readonly finding: boolean;
  /** Model files are used where they lie on the disk, where the browser can do that, and not copied. */
  readonly inPlace: boolean;
  /** The node whose pictures fill the screen. */
  readonly enlarged: string | undefined;
  /** The one of them that was asked for. */
  readonly enlargedAt: number | undefined;
  /** The node or frame whose title is being typed. */
  readonly renaming: string | undefined;
  readonly painting: Painted | undefined;
  /** The window that is open over the page. */
  readonly dialog:
    | 'commands'
    | 'compare'
    | 'film'
    | 'values'
    | 'export'
    | 'imported'
    | 'form'
    | 'shortcuts'
    | 'graphs'
    | 'history'
    | 'profile'
    | 'models'
    | 'model-card'
    | 'connect'
    | 'templates'
    | 'link'
    | 'incoming'
    | 'export-picture'
    | 'help'
    | 'versions'
    | undefined;
  /** The node or the socket that the dialog `connect` is about. */
  readonly connecting: Connecting | undefined;
  /** The wire that takes the node which is being dragged. */
  readonly intoWire: string | undefined;
  /** A wire that was let go over what does not take it. */
  readonly refused: Refused | undefined;
  /** A wire that was let go over a node where several sockets take it. */
  readonly choosing: Choosing | undefined;
  /** Where the menu that adds a node is open, in pixels of the window, and the wire that waits for the node. */
  readonly adding: Adding | undefined;
  /** Where a context menu is open, in pixels of the window, and what it was opened on. */
  readonly menuAt:
    | { readonly x: number; readonly y: number; readonly on: MenuTarget; readonly byKey: boolean }
    | undefined;
  /** The panel that is open below the bar, beside the canvas and not over it. */
  readonly flyout: 'problems' | 'queue' | undefined;
  /** The entry of the queue whose pictures fill the screen. */
  readonly lookedAt: number | undefined;
  /** The graph runs whenever it was changed. */
  readonly live: boolean;
  /** Something would have to learn first, which no change starts. */
  readonly lessonWaits: boolean;
  /** Graph and picture files that hang over the page. */
  readonly dropping: boolean;
}

const key = 'weft';

/** No theme is kept where the system's is followed. */
type Kept = Partial<Pick<UiState, 'recent' | 'favourites' | 'overview' | 'inPlace'>> & {
  readonly theme?: Theme | undefined;
};

function kept(): Kept {
  try {
    const { theme, recent, favourites, overview, inPlace } = JSON.parse(localStorage.getItem(key) ?? '{}') as Record<
      string,
      unknown
    >;
    return {
      ...((theme === 'dark' || theme === 'light') && { theme }),
      ...(Array.isArray(favourites) && { favourites: favourites.filter((type) => typeof type === 'string') }),
      ...(typeof overview === 'boolean' && { overview }),
      ...(Array.isArray(recent) && { recent: recent.filter((type) => typeof type === 'string') }),
      ...(typeof inPlace === 'boolean' && { inPlace }),
    };
  } catch {
    return {}; // Not readable, or storage is off: the editor starts as new.
  }
}

const keep = (change: Kept) => {
  try {
    localStorage.setItem(key, JSON.stringify({ ...kept(), ...change }));
  } catch {
    // Storage is off; the choice lasts until the page is closed.
  }
};

/**
 * Below these widths, in CSS pixels, the panels lie over the canvas and start closed, and the outline starts open, under
 * the canvas (UI.md, "Layout").
 */
export const narrow = { inspector: 1200, palette: 900, outline: 640 } as const;

const prefersLight = matchMedia('(prefers-color-scheme: light)');

const systemTheme = (): Theme => (prefersLight.matches ? 'light' : 'dark');

export const uiStore = createStore<UiState>(() => ({
  theme: kept().theme ?? systemTheme(),
  themeChoice: kept().theme ?? 'system',
  palette: innerWidth >= narrow.palette,
  inspector: innerWidth >= narrow.inspector,
  outline: innerWidth < narrow.outline,
  recent: kept().recent ?? [],
  favourites: kept().favourites ?? [],
  overview: kept().overview ?? true,
  finding: false,
  inPlace: kept().inPlace ?? false,
  enlarged: undefined,
  enlargedAt: undefined,
  painting: undefined,
  renaming: undefined,
  intoWire: undefined,
  refused: undefined,
  choosing: undefined,
  dialog: undefined,
  connecting: undefined,
  adding: undefined,
  menuAt: undefined,
  flyout: undefined,
  lookedAt: undefined,
  live: false,
  lessonWaits: false,
  dropping: false,
}));

prefersLight.addEventListener('change', () => {
  if (uiStore.getState().themeChoice === 'system') uiStore.setState({ theme: systemTheme() });
});

// In a window that becomes narrow, panels would come to lie over the canvas, and over each other.
for (const panel of ['palette', 'inspector'] as const)
  matchMedia(`(max-width: ${narrow[panel] - 1}px)`).addEventListener('change', ({ matches }) =>
    uiStore.setState({ [panel]: !matches }),
  );

/** What follows a choice: from the system's theme to the other one, then to the one that looks the same and stays, then back. */
export function nextTheme(): ThemeChoice {
  const { themeChoice } = uiStore.getState();
  const other = systemTheme() === 'dark' ? 'light' : 'dark';
  return themeChoice === 'system' ? other : themeChoice === other ? systemTheme() : 'system';
}

export function chooseTheme(themeChoice: ThemeChoice) {
  const chosen = themeChoice === 'system' ? undefined : themeChoice;
  keep({ theme: chosen });
  uiStore.setState({ themeChoice, theme: chosen ?? systemTheme() });
}

/** Shows the pictures of a node as large as the window, with one of several chosen. */
export const enlarge = (node: string | undefined, at?: number) => uiStore.setState({ enlarged: node, enlargedAt: at });

export function rememberNode(type: string) {
  const recent = [type, ...uiStore.getState().recent.filter((other) => other !== type)].slice(0, 8);
  keep({ recent });
  uiStore.setState({ recent });
}

/** Stars a node of the palette, or takes the star away. */
export function toggleFavourite(type: string) {
  const { favourites: before } = uiStore.getState();
  const favourites = before.includes(type) ? before.filter((other) => other !== type) : [...before, type];
  keep({ favourites });
  uiStore.setState({ favourites });
}

export function toggleOverview() {
  const overview = !uiStore.getState().overview;
  keep({ overview });
  uiStore.setState({ overview });
}

export const usesInPlace = (): boolean => uiStore.getState().inPlace;

export function setInPlace(inPlace: boolean) {
  keep({ inPlace });
  uiStore.setState({ inPlace });
}

export const togglePanel = (panel: 'palette' | 'inspector' | 'outline') =>
  uiStore.setState((state) => ({ [panel]: !state[panel] }));
