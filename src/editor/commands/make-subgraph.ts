import { IconStackPush } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { selectedNodes } from '../state/canvas-store';

export default defineCommand({
  title: 'Make a subgraph of the selection',
  icon: IconStackPush,
  keys: ['mod+g'],
  menu: { section: 'node', place: 9 },
  context: ['selection', 'node'],
  needs: 'Select the nodes to put into it.',
  enabled: () => selectedNodes().length > 0,
  run: async () => (await import('../subgraph/make')).makeOfSelection(),
});
