import { IconPlayerPlay } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { run } from '../engine/client';
import { runStore } from '../state/run-store';

export default defineCommand({
  title: 'Run',
  icon: IconPlayerPlay,
  keys: ['mod+enter'],
  menu: { section: 'run', place: 1 },
  needs: 'A run is going on.',
  whileTyping: true,
  enabled: () => runStore.getState().phase === 'idle',
  run: () => run(),
});
