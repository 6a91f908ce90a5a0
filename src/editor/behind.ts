import { type ComponentType, lazy } from 'react';

type Fetch = () => Promise<{ readonly default: ComponentType }>;

/** A part that is fetched when the page stands, so that what is typed right after it was asked for is not lost. */
function behind(fetch: Fetch) {
  let part: ComponentType = lazy(fetch);
  return {
    fetch: async () => {
      part = (await fetch()).default;
    },
    part: () => part,
  };
}

/** What opens for typing. */
export const commandPalette = behind(() => import('./dialogs/CommandPalette'));
export const addMenu = behind(() => import('./palette/AddMenu'));

export const fetchBehind = () => Promise.all([commandPalette.fetch(), addMenu.fetch()]);
