import { IconMap2 } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { toggleOverview, uiStore } from '../state/ui-store';

export default defineCommand({
  title: 'Overview',
  icon: IconMap2,
  titleNow: () => (uiStore.getState().overview ? 'Hide overview' : 'Show overview'),
  keys: ['n'],
  menu: { section: 'view', place: 3.7 },
  run: toggleOverview,
});
