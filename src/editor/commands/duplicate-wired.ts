import { IconCopyPlus } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { selectedNodes } from '../state/canvas-store';
import { duplicate } from '../state/copies';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.duplicateWired.title,
  alsoCalled: commands.duplicateWired.also,
  icon: IconCopyPlus,
  keys: ['mod+shift+d'],
  menu: { section: 'edit', place: 8 },
  context: ['node', 'selection'],
  needs: commands.duplicateWired.needs,
  enabled: () => selectedNodes().length > 0,
  run: () => duplicate(true),
});
