import { IconSearch } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { uiStore } from '../state/ui-store';

export default defineCommand({
  title: 'Find in the graph…',
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
