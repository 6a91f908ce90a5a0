import { IconHistory } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.history.title,
  alsoCalled: commands.history.also,
  icon: IconHistory,
  keys: ['h'],
  menu: { section: 'run', place: 8 },
  run: () => uiStore.setState({ dialog: 'history' }),
});
