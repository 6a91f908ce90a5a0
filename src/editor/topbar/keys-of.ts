import { shownKeysOf } from '../all-commands';

/** What a tooltip says of the keys of a command. */
export const keysOf = (id: string): string => {
  const shown = shownKeysOf(id);
  return shown ? `${shown}.` : '';
};
