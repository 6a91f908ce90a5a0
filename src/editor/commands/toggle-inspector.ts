import { IconLayoutSidebarRight } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { togglePanel, uiStore } from '../state/ui-store';

export default defineCommand({
  title: 'Inspector',
  icon: IconLayoutSidebarRight,
  titleNow: () => (uiStore.getState().inspector ? 'Hide inspector' : 'Show inspector'),
  keys: [']'],
  menu: { section: 'view', place: 3 },
  run: () => togglePanel('inspector'),
});
