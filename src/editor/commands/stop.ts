import { IconPlayerStop } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { stop } from '../engine/client';
import { runStore } from '../state/run-store';
import { commands } from '../text/commands';

/** Two presses within this time, in milliseconds, stop the run. */
const within = 1200;
let pressed = Number.NEGATIVE_INFINITY;

export default defineCommand({
  title: commands.stop.title,
  alsoCalled: commands.stop.also,
  icon: IconPlayerStop,
  keys: ['escape'],
  menu: { section: 'run', place: 3 },
  needs: commands.stop.needs,
  whileTyping: true,
  enabled: () => !['idle', 'stopping'].includes(runStore.getState().phase),
  run() {
    const now = performance.now();
    if (now - pressed < within) stop();
    pressed = now;
  },
});
