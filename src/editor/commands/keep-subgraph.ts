import { IconBookmarkPlus } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { selectedNodes } from '../state/canvas-store';
import { isInstance } from '../subgraph/open';
import { commands } from '../text/commands';

const chosen = () => selectedNodes().filter(isInstance);

export default defineCommand({
  title: commands.keepSubgraph.title,
  alsoCalled: commands.keepSubgraph.also,
  icon: IconBookmarkPlus,
  menu: { section: 'node', place: 11 },
  context: ['node'],
  needs: commands.keepSubgraph.needs,
  enabled: () => chosen().length === 1,
  async run() {
    const [id] = chosen();
    if (id !== undefined) await (await import('../subgraph/fill-shelf')).keepInPalette(id);
  },
});
