import { IconSearch } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.find.title,
  alsoCalled: commands.find.also,
  icon: IconSearch,
  keys: ['mod+f'],
  menu: { section: 'edit', place: 9.5 },
  context: ['canvas'],
  whileTyping: true,
  run() {
    uiStore.setState({ finding: true });
    document.querySelector<HTMLInputElement>('[data-find]')?.select();
  },
});
