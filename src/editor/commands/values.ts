import { IconTable } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { runStore } from '../state/run-store';
import { uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.values.title,
  alsoCalled: commands.values.also,
  icon: IconTable,
  keys: ['v'],
  menu: { section: 'view', place: 4.2 },
  needs: commands.values.needs,
  enabled: () => runStore.getState().ran !== undefined,
  run: () => uiStore.setState({ dialog: 'values' }),
});
