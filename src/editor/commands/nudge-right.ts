import { IconArrowRight } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { canNudge, nudge } from '../state/arrange-selection';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.nudgeRight.title,
  icon: IconArrowRight,
  keys: ['shift+arrowright'],
  menu: { section: 'arrange', place: 10 },
  needs: commands.nudgeRight.needs,
  enabled: canNudge,
  run: () => nudge(4, 0),
});
