import { IconSunMoon } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { toggleTheme, uiStore } from '../state/ui-store';

export default defineCommand({
  title: 'Change theme',
  icon: IconSunMoon,
  titleNow: () => (uiStore.getState().theme === 'dark' ? 'Light theme' : 'Dark theme'),
  menu: { section: 'view', place: 4 },
  run: toggleTheme,
});
