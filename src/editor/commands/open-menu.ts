import { IconDots } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { openMenuAtFocus } from '../menus/open';

export default defineCommand({
  title: 'Menu of what has the focus',
  icon: IconDots,
  keys: ['shift+f10', 'contextmenu'],
  menu: { section: 'view', place: 8 },
  run: openMenuAtFocus,
});
