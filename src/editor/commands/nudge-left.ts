import { IconArrowLeft } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { canNudge, nudge } from '../state/arrange-selection';

export default defineCommand({
  title: 'Move left by 4 px',
  icon: IconArrowLeft,
  keys: ['shift+arrowleft'],
  menu: { section: 'arrange', place: 9 },
  needs: 'Select what is to move.',
  enabled: canNudge,
  run: () => nudge(-4, 0),
});
