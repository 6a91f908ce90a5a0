import { IconPlus } from '@tabler/icons-react';
import { besideFocus } from '../canvas/beside-focus';
import { defineCommand } from '../define-command';
import { uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

let waiting: AbortController | undefined;

/** Beside the node with the focus, or above the middle of the canvas, where the menu and the node that comes of it are both seen. */
function openMenu() {
  const adding = besideFocus();
  if (adding) return uiStore.setState({ adding });
  const box = document.querySelector('main')?.getBoundingClientRect();
  if (box) uiStore.setState({ adding: { x: box.x + box.width / 2, y: box.y + box.height / 4, loose: undefined } });
}

export default defineCommand({
  title: commands.addNode.title,
  alsoCalled: commands.addNode.also,
  icon: IconPlus,
  keys: [' '],
  menu: { section: 'add', place: 1 },
  context: ['canvas'],
  run(on) {
    if (on?.at) {
      uiStore.setState({ adding: { ...on.at, loose: undefined } });
      return;
    }
    waiting?.abort();
    // Chosen by its name it opens at once.
    if (!(window.event instanceof KeyboardEvent && window.event.key === ' ')) return openMenu();
    // Space with the pointer pans, so it is only when Space is let go by itself that it asks for a node.
    waiting = new AbortController();
    const { signal } = waiting;
    document.addEventListener('keyup', openMenu, { signal, once: true });
    document.addEventListener('pointerdown', () => waiting?.abort(), { signal, capture: true });
  },
});
