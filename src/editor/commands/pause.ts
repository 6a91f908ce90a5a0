import { IconPlayerPause } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { pauseOrResume } from '../engine/client';
import { runStore } from '../state/run-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.pause.title,
  alsoCalled: commands.pause.also,
  titleNow: () =>
    ['paused', 'pausing'].includes(runStore.getState().phase) ? commands.pause.resume : commands.pause.title,
  icon: IconPlayerPause,
  keys: ['p'],
  needs: commands.pause.needs,
  enabled: () => !['idle', 'stopping'].includes(runStore.getState().phase),
  run: pauseOrResume,
});
