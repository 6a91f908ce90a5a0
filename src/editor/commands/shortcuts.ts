import { IconKeyboard } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.shortcuts.title,
  alsoCalled: commands.shortcuts.also,
  keys: ['?'],
  icon: IconKeyboard,
  menu: { section: 'view', place: 6 },
  run: () => uiStore.setState({ dialog: 'shortcuts' }),
});
