import { IconStack } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { selectedNodes } from '../state/canvas-store';
import { isInstance } from '../subgraph/open';
import { commands } from '../text/commands';

const chosen = () => selectedNodes().filter(isInstance);

export default defineCommand({
  title: commands.expandSubgraph.title,
  alsoCalled: commands.expandSubgraph.also,
  icon: IconStack,
  keys: ['mod+shift+g'],
  menu: { section: 'node', place: 10 },
  context: ['selection', 'node'],
  needs: commands.expandSubgraph.needs,
  enabled: () => chosen().length > 0,
  run: async () => (await import('../subgraph/make')).expandInstances(chosen()),
});
