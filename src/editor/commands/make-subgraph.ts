import { IconStackPush } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { selectedNodes } from '../state/canvas-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.makeSubgraph.title,
  alsoCalled: commands.makeSubgraph.also,
  icon: IconStackPush,
  keys: ['mod+g'],
  menu: { section: 'node', place: 9 },
  context: ['selection', 'node'],
  needs: commands.makeSubgraph.needs,
  enabled: () => selectedNodes().length > 0,
  run: async () => (await import('../subgraph/make')).makeOfSelection(),
});
