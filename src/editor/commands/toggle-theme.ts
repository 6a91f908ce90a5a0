import { IconSunMoon } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { nextTheme, toggleTheme } from '../state/ui-store';
import { commands } from '../text/commands';

const titles = {
  dark: commands.toggleTheme.dark,
  light: commands.toggleTheme.light,
  system: commands.toggleTheme.system,
} as const;

export default defineCommand({
  title: commands.toggleTheme.title,
  icon: IconSunMoon,
  titleNow: () => titles[nextTheme()],
  menu: { section: 'view', place: 4 },
  run: toggleTheme,
});
