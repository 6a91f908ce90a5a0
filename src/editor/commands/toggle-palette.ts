import { IconLayoutSidebar } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { togglePanel, uiStore } from '../state/ui-store';

export default defineCommand({
  title: 'Palette',
  icon: IconLayoutSidebar,
  titleNow: () => (uiStore.getState().palette ? 'Hide palette' : 'Show palette'),
  keys: ['['],
  menu: { section: 'view', place: 2 },
  run: () => togglePanel('palette'),
});
