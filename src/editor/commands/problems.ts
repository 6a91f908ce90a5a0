import { IconAlertTriangle } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.problems.title,
  alsoCalled: commands.problems.also,
  icon: IconAlertTriangle,
  run: () => uiStore.setState(({ flyout }) => ({ flyout: flyout === 'problems' ? undefined : 'problems' })),
});
