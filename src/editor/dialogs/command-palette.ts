import type { ComponentType } from 'react';

let loaded: ComponentType | undefined;

/** Fetches the command palette when the page stands, so that what is typed after its keys is not lost. */
export const loadPalette = async () => {
  loaded = (await import('./CommandPalette')).default;
};

export const loadedPalette = (): ComponentType | undefined => loaded;
