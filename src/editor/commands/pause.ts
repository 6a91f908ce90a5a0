import { IconPlayerPause } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { pauseOrResume } from '../engine/client';
import { runStore } from '../state/run-store';

export default defineCommand({
  title: 'Pause',
  titleNow: () => (['paused', 'pausing'].includes(runStore.getState().phase) ? 'Resume' : 'Pause'),
  icon: IconPlayerPause,
  keys: ['p'],
  needs: 'A run must be going on.',
  enabled: () => !['idle', 'stopping'].includes(runStore.getState().phase),
  run: pauseOrResume,
});
