import { IconPencil } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { selectedParts } from '../state/canvas-store';
import { uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.rename.title,
  alsoCalled: commands.rename.also,
  icon: IconPencil,
  keys: ['f2'],
  menu: { section: 'node', place: 4 },
  context: ['node', 'frame', 'note'],
  needs: commands.rename.needs,
  enabled: () => selectedParts().length === 1,
  run: () => uiStore.setState({ renaming: selectedParts()[0] }),
});
