import { IconKeyboard } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { uiStore } from '../state/ui-store';

export default defineCommand({
  title: 'Keyboard shortcuts',
  keys: ['?'],
  icon: IconKeyboard,
  menu: { section: 'view', place: 6 },
  run: () => uiStore.setState({ dialog: 'shortcuts' }),
});
