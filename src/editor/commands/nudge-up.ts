import { IconArrowUp } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { nudge } from '../state/arrange-selection';
import { selectedParts } from '../state/canvas-store';

export default defineCommand({
  title: 'Move up by 4 px',
  icon: IconArrowUp,
  keys: ['shift+arrowup'],
  menu: { section: 'arrange', place: 11 },
  needs: 'Select what is to move.',
  enabled: () => selectedParts().length > 0,
  run: () => nudge(0, -4),
});
