import { IconArrowRight } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { canNudge, nudge } from '../state/arrange-selection';

export default defineCommand({
  title: 'Move right by 4 px',
  icon: IconArrowRight,
  keys: ['shift+arrowright'],
  menu: { section: 'arrange', place: 10 },
  needs: 'Select what is to move.',
  enabled: canNudge,
  run: () => nudge(4, 0),
});
