import { IconPlayerPlay } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { run } from '../engine/run';

export default defineCommand({
  title: 'Run',
  icon: IconPlayerPlay,
  keys: ['mod+enter'],
  menu: { section: 'run', place: 1 },
  needs: 'A run is going on.',
  whileTyping: true,
  run: () => run(),
});
