import { IconCopyPlus } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { selectedNodes } from '../state/canvas-store';
import { duplicate } from '../state/copies';

export default defineCommand({
  title: 'Duplicate with its wires',
  icon: IconCopyPlus,
  keys: ['mod+shift+d'],
  menu: { section: 'edit', place: 8 },
  context: ['node', 'selection'],
  needs: 'Select a node to duplicate.',
  enabled: () => selectedNodes().length > 0,
  run: () => duplicate(true),
});
