import { IconBox } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { uiStore } from '../state/ui-store';

export default defineCommand({
  title: 'Models…',
  icon: IconBox,
  menu: { section: 'graph', place: 5 },
  run: () => uiStore.setState({ dialog: 'models' }),
});
