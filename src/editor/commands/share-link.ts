import { IconLink } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.shareLink.title,
  alsoCalled: commands.shareLink.also,
  icon: IconLink,
  menu: { section: 'graph', place: 3.5 },
  run: () => uiStore.setState({ dialog: 'link' }),
});
