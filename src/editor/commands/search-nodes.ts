import { defineCommand } from '../define-command';
import { uiStore } from '../state/ui-store';

export default defineCommand({
  title: 'Search nodes',
  keys: ['/'],
  run() {
    uiStore.setState({ palette: true });
    requestAnimationFrame(() => document.querySelector<HTMLInputElement>('input[type=search]')?.focus());
  },
});
