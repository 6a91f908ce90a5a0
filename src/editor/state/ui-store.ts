import { createStore } from 'zustand/vanilla';
import type { WireEnd } from '../../core/document';
import type { Conversion } from '../document/conversion';
import type { MenuTarget } from '../menus/target';
import type { LooseEnd } from './add-node';

export type Theme = 'dark' | 'light';

export interface Refused {
  /** In pixels of the window. */
  readonly x: number;
  readonly y: number;
  readonly reason: string;
  readonly from: WireEnd;
  readonly to: WireEnd;
  readonly conversion: Conversion;
}

interface UiState {
  readonly theme: Theme;
  readonly palette: boolean;
  readonly inspector: boolean;
  /** Types of the nodes that were added last, newest first. */
  readonly recent: readonly string[];
  /** Model files are used where they lie on the disk, where the browser can do that, and not copied. */
  readonly inPlace: boolean;
  /** The node whose pictures fill the screen. */
  readonly enlarged: string | undefined;
  /** The node or frame whose title is being typed. */
  readonly renaming: string | undefined;
  /** The window that is open over the page. */
  readonly dialog: 'commands' | 'shortcuts' | 'graphs' | 'models' | 'model-card' | undefined;
  /** The wire that takes the node which is being dragged. */
  readonly intoWire: string | undefined;
  /** A wire that was let go over a socket which does not take it, where a node would make it fit. */
  readonly refused: Refused | undefined;
  /** Where the menu that adds a node is open, in pixels of the window, and the wire that waits for the node. */
  readonly adding: { readonly x: number; readonly y: number; readonly loose: LooseEnd | undefined } | undefined;
  /** Where a context menu is open, in pixels of the window, and what it was opened on. */
  readonly menuAt: { readonly x: number; readonly y: number; readonly on: MenuTarget } | undefined;
  /** Graph and picture files that hang over the page. */
  readonly dropping: boolean;
}

const key = 'weft';

type Kept = Partial<Pick<UiState, 'theme' | 'recent' | 'inPlace'>>;

function kept(): Kept {
  try {
    const { theme, recent, inPlace } = JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, unknown>;
    return {
      ...((theme === 'dark' || theme === 'light') && { theme }),
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

/** Below these widths, in CSS pixels, the panels lie over the canvas and start closed (UI.md, "Layout"). */
export const narrow = { inspector: 1200, palette: 900 } as const;

const prefersLight = matchMedia('(prefers-color-scheme: light)');

export const uiStore = createStore<UiState>(() => ({
  theme: kept().theme ?? (prefersLight.matches ? 'light' : 'dark'),
  palette: innerWidth >= narrow.palette,
  inspector: innerWidth >= narrow.inspector,
  recent: kept().recent ?? [],
  inPlace: kept().inPlace ?? false,
  enlarged: undefined,
  renaming: undefined,
  intoWire: undefined,
  refused: undefined,
  dialog: undefined,
  adding: undefined,
  menuAt: undefined,
  dropping: false,
}));

prefersLight.addEventListener('change', ({ matches }) => {
  if (!kept().theme) uiStore.setState({ theme: matches ? 'light' : 'dark' });
});

export function toggleTheme() {
  const theme = uiStore.getState().theme === 'dark' ? 'light' : 'dark';
  keep({ theme });
  uiStore.setState({ theme });
}

export function rememberNode(type: string) {
  const recent = [type, ...uiStore.getState().recent.filter((other) => other !== type)].slice(0, 3);
  keep({ recent });
  uiStore.setState({ recent });
}

export const usesInPlace = (): boolean => uiStore.getState().inPlace;

export function setInPlace(inPlace: boolean) {
  keep({ inPlace });
  uiStore.setState({ inPlace });
}

export const togglePanel = (panel: 'palette' | 'inspector') =>
  uiStore.setState((state) => ({ [panel]: !state[panel] }));
