import { IconArrowDown } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { nudge } from '../state/arrange-selection';
import { selectedParts } from '../state/canvas-store';

export default defineCommand({
  title: 'Move down by 4 px',
  icon: IconArrowDown,
  keys: ['shift+arrowdown'],
  menu: { section: 'arrange', place: 12 },
  needs: 'Select what is to move.',
  enabled: () => selectedParts().length > 0,
  run: () => nudge(0, 4),
});
