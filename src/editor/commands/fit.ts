import { IconMaximize } from '@tabler/icons-react';
import { fit } from '../canvas/reveal';
import { defineCommand } from '../define-command';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.fit.title,
  alsoCalled: commands.fit.also,
  icon: IconMaximize,
  keys: ['f'],
  menu: { section: 'view', place: 1 },
  context: ['canvas'],
  run: fit,
});
