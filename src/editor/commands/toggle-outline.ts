import { IconListTree } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { togglePanel, uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

/** Lines come a little after the panel, which is fetched when it is first shown. */
const tries = 120;

function focusOutline(left = tries) {
  const item = document.querySelector<HTMLElement>('aside [role=treeitem][tabindex="0"]');
  if (item) item.focus();
  else if (left > 0 && uiStore.getState().outline) requestAnimationFrame(() => focusOutline(left - 1));
}

export default defineCommand({
  title: commands.toggleOutline.title,
  alsoCalled: commands.toggleOutline.also,
  icon: IconListTree,
  titleNow: () => (uiStore.getState().outline ? commands.toggleOutline.hide : commands.toggleOutline.show),
  keys: ['mod+shift+o'],
  menu: { section: 'view', place: 3.5 },
  whileTyping: true,
  run() {
    togglePanel('outline');
    focusOutline();
  },
});
