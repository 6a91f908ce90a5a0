import { IconArrowDown } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { canNudge, nudge } from '../state/arrange-selection';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.nudgeDown.title,
  icon: IconArrowDown,
  keys: ['shift+arrowdown'],
  menu: { section: 'arrange', place: 12 },
  needs: commands.nudgeDown.needs,
  enabled: canNudge,
  run: () => nudge(0, 4),
});
