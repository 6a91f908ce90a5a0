import { IconRefresh } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.runOnChange.title,
  alsoCalled: commands.runOnChange.also,
  titleNow: () => (uiStore.getState().live ? commands.runOnChange.stop : commands.runOnChange.title),
  icon: IconRefresh,
  run: async () => (await import('../engine/live')).runOnChange(!uiStore.getState().live),
});
