import { IconFolders } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { uiStore } from '../state/ui-store';

export default defineCommand({
  title: 'Graphs…',
  icon: IconFolders,
  menu: { section: 'graph', place: 4 },
  run: () => uiStore.setState({ dialog: 'graphs' }),
});
