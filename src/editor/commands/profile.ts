import { IconChartBar } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.profile.title,
  alsoCalled: commands.profile.also,
  icon: IconChartBar,
  menu: { section: 'run', place: 9 },
  run: () => uiStore.setState({ dialog: 'profile' }),
});
