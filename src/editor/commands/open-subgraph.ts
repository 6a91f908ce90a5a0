import { IconStack2 } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { selectedParts } from '../state/canvas-store';
import { isInstance, openInside } from '../subgraph/open';
import { commands } from '../text/commands';

const chosen = () => (selectedParts().length === 1 ? selectedParts().find(isInstance) : undefined);

export default defineCommand({
  title: commands.openSubgraph.title,
  alsoCalled: commands.openSubgraph.also,
  icon: IconStack2,
  keys: ['mod+arrowdown'],
  menu: { section: 'node', place: 7 },
  context: ['node'],
  needs: commands.openSubgraph.needs,
  enabled: () => chosen() !== undefined,
  run() {
    const id = chosen();
    if (id !== undefined) openInside(id);
  },
});
