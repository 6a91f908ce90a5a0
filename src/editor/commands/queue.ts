import { IconStack2 } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.queue.title,
  alsoCalled: commands.queue.also,
  icon: IconStack2,
  keys: ['q'],
  run: () => uiStore.setState(({ flyout }) => ({ flyout: flyout === 'queue' ? undefined : 'queue' })),
});
