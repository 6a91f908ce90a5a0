import { createStore } from 'zustand/vanilla';
import { type Remapped, readRemapped } from '../shortcuts/keymap';

const key = 'weft-keys';

function kept(): Remapped {
  try {
    return readRemapped(localStorage.getItem(key));
  } catch {
    return {}; // Storage is off: all keys are those of the definitions.
  }
}

/** The keys that the user gave to commands. */
export const keyStore = createStore<{ readonly remapped: Remapped }>(() => ({ remapped: kept() }));

export function keepKeys(remapped: Remapped) {
  keyStore.setState({ remapped });
  try {
    localStorage.setItem(key, JSON.stringify(remapped));
  } catch {
    // Storage is off; they last until the page is closed.
  }
}
