import { IconMap2 } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { toggleOverview, uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.toggleOverview.title,
  alsoCalled: commands.toggleOverview.also,
  icon: IconMap2,
  titleNow: () => (uiStore.getState().overview ? commands.toggleOverview.hide : commands.toggleOverview.show),
  keys: ['n'],
  menu: { section: 'view', place: 3.7 },
  run: toggleOverview,
});
