import { IconFolders } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.graphs.title,
  alsoCalled: commands.graphs.also,
  icon: IconFolders,
  menu: { section: 'graph', place: 4 },
  run: () => uiStore.setState({ dialog: 'graphs' }),
});
