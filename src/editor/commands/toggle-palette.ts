import { IconLayoutSidebar } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { togglePanel, uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.togglePalette.title,
  alsoCalled: commands.togglePalette.also,
  icon: IconLayoutSidebar,
  titleNow: () => (uiStore.getState().palette ? commands.togglePalette.hide : commands.togglePalette.show),
  keys: ['['],
  menu: { section: 'view', place: 2 },
  run: () => togglePanel('palette'),
});
