import { createStore } from 'zustand/vanilla';
import { uiStore } from '../state/ui-store';

/** What help is open about: a type of node, and one of its ports or parameters. */
interface HelpAbout {
  readonly type: string;
  readonly part?: string | undefined;
}

/** Shared with the dialog, which is fetched when it is first opened. */
export const helpStore = createStore<HelpAbout>(() => ({ type: 'sampling/cfg-combine' }));

/** Opens the help of a node, at one of its ports or parameters where `part` names one. */
export function openHelp(type: string, part?: string) {
  helpStore.setState({ type, part }, true);
  uiStore.setState({ dialog: 'help' });
}
