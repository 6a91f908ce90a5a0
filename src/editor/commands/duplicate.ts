import { IconCopyPlus } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { selectedParts } from '../state/canvas-store';
import { duplicate } from '../state/copies';

export default defineCommand({
  title: 'Duplicate',
  icon: IconCopyPlus,
  keys: ['mod+d'],
  menu: { section: 'edit', place: 7 },
  context: ['node', 'selection', 'frame', 'note'],
  needs: 'Select something to duplicate.',
  enabled: () => selectedParts().length > 0,
  run: () => duplicate(false),
});
