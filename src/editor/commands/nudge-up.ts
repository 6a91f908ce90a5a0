import { IconArrowUp } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { canNudge, nudge } from '../state/arrange-selection';

export default defineCommand({
  title: 'Move up by 4 px',
  icon: IconArrowUp,
  keys: ['shift+arrowup'],
  menu: { section: 'arrange', place: 11 },
  needs: 'Select what is to move.',
  enabled: canNudge,
  run: () => nudge(0, -4),
});
