import { IconStack2 } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { selectedParts } from '../state/canvas-store';
import { isInstance, openInside } from '../subgraph/open';

const chosen = () => (selectedParts().length === 1 ? selectedParts().find(isInstance) : undefined);

export default defineCommand({
  title: 'Open the subgraph',
  icon: IconStack2,
  keys: ['mod+arrowdown'],
  menu: { section: 'node', place: 7 },
  context: ['node'],
  needs: 'Select a subgraph.',
  enabled: () => chosen() !== undefined,
  run() {
    const id = chosen();
    if (id !== undefined) openInside(id);
  },
});
