import { IconSunMoon } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { chooseTheme, nextTheme, uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

const { dark, light, system, alsoDark, alsoLight, alsoSystem } = commands.toggleTheme;
const choices = [
  ['dark', dark, alsoDark],
  ['light', light, alsoLight],
  ['system', system, alsoSystem],
] as const;

export default defineCommand({
  title: commands.toggleTheme.title,
  alsoCalled: commands.toggleTheme.also,
  icon: IconSunMoon,
  menu: { section: 'view', place: 4 },
  options: () =>
    choices.map(([choice, title, alsoCalled]) => ({
      title,
      alsoCalled,
      chosen: uiStore.getState().themeChoice === choice,
      run: () => chooseTheme(choice),
    })),
  run: () => chooseTheme(nextTheme()),
});
