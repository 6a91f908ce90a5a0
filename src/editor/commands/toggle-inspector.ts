import { IconLayoutSidebarRight } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { togglePanel, uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.toggleInspector.title,
  alsoCalled: commands.toggleInspector.also,
  icon: IconLayoutSidebarRight,
  titleNow: () => (uiStore.getState().inspector ? commands.toggleInspector.hide : commands.toggleInspector.show),
  keys: [']'],
  menu: { section: 'view', place: 3 },
  run: () => togglePanel('inspector'),
});
