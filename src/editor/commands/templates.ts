import { IconBookmark } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { uiStore } from '../state/ui-store';

export default defineCommand({
  title: 'Templates…',
  icon: IconBookmark,
  menu: { section: 'graph', place: 1.5 },
  run: () => uiStore.setState({ dialog: 'templates' }),
});
