import { IconFocusCentered } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { commands } from '../text/commands';

const regions = [
  'header',
  'aside[aria-label=Nodes]',
  'aside[aria-label=Outline]',
  'main',
  'aside[aria-label=Inspector]',
  '[aria-label^=Tour]',
];
const focusable = ':is(button, input, select, textarea):not([tabindex="-1"]), [tabindex="0"]';

/** What had the focus in a region when it was left. */
const left = new WeakMap<HTMLElement, HTMLElement>();

export default defineCommand({
  title: commands.nextRegion.title,
  alsoCalled: commands.nextRegion.also,
  icon: IconFocusCentered,
  keys: ['f6'],
  menu: { section: 'view', place: 7 },
  whileTyping: true,
  run() {
    const shown = regions
      .flatMap((selector) => document.querySelector<HTMLElement>(selector) ?? [])
      .filter((region) => region.checkVisibility());
    const at = shown.findIndex((region) => region.contains(document.activeElement));
    const [before, next] = [shown[at], shown[(at + 1) % shown.length]];
    if (before && document.activeElement instanceof HTMLElement) left.set(before, document.activeElement);
    const last = next && left.get(next);
    (last && next.contains(last) ? last : next?.querySelector<HTMLElement>(focusable))?.focus();
  },
});
