import { IconArrowLeft } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { canNudge, nudge } from '../state/arrange-selection';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.nudgeLeft.title,
  icon: IconArrowLeft,
  keys: ['shift+arrowleft'],
  menu: { section: 'arrange', place: 9 },
  needs: commands.nudgeLeft.needs,
  enabled: canNudge,
  run: () => nudge(-4, 0),
});
