import { shortcuts } from '../text/shortcuts';

/** What keys do that no command can have, as a sentence. */
const fixed: Readonly<Record<string, string>> = {
  tab: shortcuts.fixed.tab,
  'shift+tab': shortcuts.fixed.back,
  enter: shortcuts.fixed.enter,
  arrowup: shortcuts.fixed.arrows,
  arrowdown: shortcuts.fixed.arrows,
  arrowleft: shortcuts.fixed.arrows,
  arrowright: shortcuts.fixed.arrows,
  'mod+w': shortcuts.fixed.closes,
  'mod+t': shortcuts.fixed.opens,
  'mod+n': shortcuts.fixed.window,
};

export const whyNot = (keys: string): string | undefined => fixed[keys];
