import { IconHistory } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.versions.title,
  alsoCalled: commands.versions.also,
  icon: IconHistory,
  menu: { section: 'graph', place: 4.5 },
  run: () => uiStore.setState({ dialog: 'versions' }),
});
