import { IconAlertTriangle } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { uiStore } from '../state/ui-store';

export default defineCommand({
  title: 'Problems',
  icon: IconAlertTriangle,
  run: () => uiStore.setState(({ flyout }) => ({ flyout: flyout === 'problems' ? undefined : 'problems' })),
});
