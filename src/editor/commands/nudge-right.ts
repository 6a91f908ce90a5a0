import { IconArrowRight } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { nudge } from '../state/arrange-selection';
import { selectedParts } from '../state/canvas-store';

export default defineCommand({
  title: 'Move right by 4 px',
  icon: IconArrowRight,
  keys: ['shift+arrowright'],
  menu: { section: 'arrange', place: 10 },
  needs: 'Select what is to move.',
  enabled: () => selectedParts().length > 0,
  run: () => nudge(4, 0),
});
