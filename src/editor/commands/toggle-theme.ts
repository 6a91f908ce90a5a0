import { IconSunMoon } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { nextTheme, toggleTheme } from '../state/ui-store';

const titles = { dark: 'Dark theme', light: 'Light theme', system: 'Theme of the system' } as const;

export default defineCommand({
  title: 'Change theme',
  icon: IconSunMoon,
  titleNow: () => titles[nextTheme()],
  menu: { section: 'view', place: 4 },
  run: toggleTheme,
});
