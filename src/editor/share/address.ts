import { createStore } from 'zustand/vanilla';
import { uiStore } from '../state/ui-store';

/** What the address of the page asks for: a graph in its fragment, or one to be fetched. */
export type Asked = { readonly fragment: string } | { readonly url: string };

export const askedStore = createStore<{ readonly asked: Asked | undefined }>(() => ({ asked: undefined }));

/** Shows what an address asks for and takes it out of the address, so that a reload does not ask again. */
function look() {
  const { hash, search, pathname } = location;
  const url = new URLSearchParams(search).get('url');
  const asked = /^#graph=/.test(hash) ? { fragment: hash } : url !== null ? { url } : undefined;
  if (!asked) return;
  history.replaceState(null, '', pathname);
  askedStore.setState({ asked });
  uiStore.setState({ dialog: 'incoming' });
}

/** Begins to heed the address: now, and when a link is opened in this very tab. */
export function heedAddress() {
  look();
  addEventListener('hashchange', look);
}
