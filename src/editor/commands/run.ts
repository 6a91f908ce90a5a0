import { IconPlayerPlay } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { run } from '../engine/run';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.run.title,
  alsoCalled: commands.run.also,
  icon: IconPlayerPlay,
  keys: ['mod+enter'],
  menu: { section: 'run', place: 1 },
  needs: commands.run.needs,
  whileTyping: true,
  run: () => run(),
});
