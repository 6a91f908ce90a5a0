import { IconCopyPlus } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { selectedParts } from '../state/canvas-store';
import { duplicate } from '../state/copies';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.duplicate.title,
  alsoCalled: commands.duplicate.also,
  icon: IconCopyPlus,
  keys: ['mod+d'],
  menu: { section: 'edit', place: 7 },
  context: ['node', 'selection', 'frame', 'note'],
  needs: commands.duplicate.needs,
  enabled: () => selectedParts().length > 0,
  run: () => duplicate(false),
});
