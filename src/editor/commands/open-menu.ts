import { IconDots } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { openMenuAtFocus } from '../menus/open';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.openMenu.title,
  alsoCalled: commands.openMenu.also,
  icon: IconDots,
  keys: ['shift+f10', 'contextmenu'],
  menu: { section: 'view', place: 8 },
  run: openMenuAtFocus,
});
