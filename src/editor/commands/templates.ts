import { IconBookmark } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.templates.title,
  alsoCalled: commands.templates.also,
  icon: IconBookmark,
  menu: { section: 'graph', place: 1.5 },
  run: () => uiStore.setState({ dialog: 'templates' }),
});
