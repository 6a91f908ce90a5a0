import { defineCommand } from '../define-command';
import { run } from '../engine/client';
import { runStore } from '../state/run-store';

export default defineCommand({
  title: 'Run',
  keys: ['mod+enter'],
  whileTyping: true,
  enabled: () => runStore.getState().phase === 'idle',
  run: () => run(),
});
