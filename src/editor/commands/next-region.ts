import { IconFocusCentered } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { commands } from '../text/commands';

/** Bar, palette, outline, canvas, steps, inspector, in the order of the page; the bar of a phone, and the tour. */
const regions = ['header', 'aside', 'main', 'section[data-region]', 'footer', '[aria-label^=Tour]']
  .map((part) => `${part}:not(dialog *)`)
  .join();
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
    const shown = [...document.querySelectorAll<HTMLElement>(regions)].filter((region) => region.checkVisibility());
    const at = shown.findIndex((region) => region.contains(document.activeElement));
    const [before, next] = [shown[at], shown[(at + 1) % shown.length]];
    if (before && document.activeElement instanceof HTMLElement) left.set(before, document.activeElement);
    const last = next && left.get(next);
    const first = () =>
      [...(next?.querySelectorAll<HTMLElement>(focusable) ?? [])].find((part) => part.checkVisibility());
    (last && next.contains(last) ? last : first())?.focus();
  },
});
