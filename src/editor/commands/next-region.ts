import { IconFocusCentered } from '@tabler/icons-react';
import { defineCommand } from '../define-command';

const regions = [
  'header',
  'aside[aria-label=Nodes]',
  'aside[aria-label=Outline]',
  'main',
  'aside[aria-label=Inspector]',
];
const focusable = 'button, input, select, textarea, [tabindex="0"]';

export default defineCommand({
  title: 'Next region',
  icon: IconFocusCentered,
  keys: ['f6'],
  menu: { section: 'view', place: 7 },
  whileTyping: true,
  run() {
    const shown = regions
      .flatMap((selector) => document.querySelector<HTMLElement>(selector) ?? [])
      .filter((region) => region.checkVisibility());
    const at = shown.findIndex((region) => region.contains(document.activeElement));
    shown[(at + 1) % shown.length]?.querySelector<HTMLElement>(focusable)?.focus();
  },
});
