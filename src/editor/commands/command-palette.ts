import { defineCommand } from '../define-command';
import { uiStore } from '../state/ui-store';

export default defineCommand({
  title: 'Commands…',
  keys: ['mod+k'],
  menu: { section: 'view', place: 5 },
  whileTyping: true,
  opensPalette: true,
  run: () => uiStore.setState({ dialog: 'commands' }),
});
