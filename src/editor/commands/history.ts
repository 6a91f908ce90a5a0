import { IconHistory } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { uiStore } from '../state/ui-store';

export default defineCommand({
  title: 'History…',
  icon: IconHistory,
  keys: ['h'],
  menu: { section: 'run', place: 8 },
  run: () => uiStore.setState({ dialog: 'history' }),
});
