import { IconRefresh } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { uiStore } from '../state/ui-store';

export default defineCommand({
  title: 'Run on every change',
  titleNow: () => (uiStore.getState().live ? 'Stop running on every change' : 'Run on every change'),
  icon: IconRefresh,
  run: async () => (await import('../engine/live')).runOnChange(!uiStore.getState().live),
});
