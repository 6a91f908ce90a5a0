import { paletteTitle, registry } from '../registry';

/** What can be added by itself: the end of a zone comes with its start. */
export const definitions = [...registry.values()]
  .filter(({ loopEnd }) => !loopEnd)
  .sort((a, b) => paletteTitle(a).localeCompare(paletteTitle(b)));
