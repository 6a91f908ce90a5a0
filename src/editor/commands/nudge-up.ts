import { IconArrowUp } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { canNudge, nudge } from '../state/arrange-selection';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.nudgeUp.title,
  icon: IconArrowUp,
  keys: ['shift+arrowup'],
  menu: { section: 'arrange', place: 11 },
  needs: commands.nudgeUp.needs,
  enabled: canNudge,
  run: () => nudge(0, -4),
});
