import { IconForms } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.form.title,
  alsoCalled: commands.form.also,
  icon: IconForms,
  menu: { section: 'view', place: 3.2 },
  context: ['canvas'],
  run: () => uiStore.setState({ dialog: 'form' }),
});
