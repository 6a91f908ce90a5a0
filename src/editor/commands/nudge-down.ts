import { IconArrowDown } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { canNudge, nudge } from '../state/arrange-selection';

export default defineCommand({
  title: 'Move down by 4 px',
  icon: IconArrowDown,
  keys: ['shift+arrowdown'],
  menu: { section: 'arrange', place: 12 },
  needs: 'Select what is to move.',
  enabled: canNudge,
  run: () => nudge(0, 4),
});
