import { IconSelectAll } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { canvasStore, selectNodes } from '../state/canvas-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.selectAll.title,
  icon: IconSelectAll,
  keys: ['mod+a'],
  menu: { section: 'edit', place: 10 },
  context: ['canvas'],
  run: () => selectNodes(canvasStore.getState().nodes.map(({ id }) => id)),
});
