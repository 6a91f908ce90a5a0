import { defineCommand } from '../define-command';
import { uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.commandPalette.title,
  keys: ['mod+k'],
  menu: { section: 'view', place: 5 },
  whileTyping: true,
  opensPalette: true,
  run: () => uiStore.setState({ dialog: 'commands' }),
});
