import { IconPencil } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { selectedParts } from '../state/canvas-store';
import { uiStore } from '../state/ui-store';

export default defineCommand({
  title: 'Rename',
  icon: IconPencil,
  keys: ['f2'],
  menu: { section: 'node', place: 4 },
  context: ['node', 'frame', 'note'],
  needs: 'Select one part.',
  enabled: () => selectedParts().length === 1,
  run: () => uiStore.setState({ renaming: selectedParts()[0] }),
});
