import { IconSearch } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

const focus = () => document.querySelector<HTMLInputElement>('input[type=search]')?.focus();

export default defineCommand({
  title: commands.searchNodes.title,
  alsoCalled: commands.searchNodes.also,
  icon: IconSearch,
  keys: ['/'],
  menu: { section: 'add', place: 4 },
  run() {
    // At once where the palette is open already: the next keys must not act as commands.
    if (uiStore.getState().palette) focus();
    else {
      uiStore.setState({ palette: true });
      requestAnimationFrame(focus);
    }
  },
});
