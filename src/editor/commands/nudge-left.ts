import { IconArrowLeft } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { nudge } from '../state/arrange-selection';
import { selectedParts } from '../state/canvas-store';

export default defineCommand({
  title: 'Move left by 4 px',
  icon: IconArrowLeft,
  keys: ['shift+arrowleft'],
  menu: { section: 'arrange', place: 9 },
  needs: 'Select what is to move.',
  enabled: () => selectedParts().length > 0,
  run: () => nudge(-4, 0),
});
