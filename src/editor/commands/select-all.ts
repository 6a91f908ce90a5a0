import { IconSelectAll } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { canvasStore, selectNodes } from '../state/canvas-store';

export default defineCommand({
  title: 'Select all',
  icon: IconSelectAll,
  keys: ['mod+a'],
  menu: { section: 'edit', place: 10 },
  context: ['canvas'],
  run: () => selectNodes(canvasStore.getState().nodes.map(({ id }) => id)),
});
