import { IconPlayerTrackNext } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { run } from '../engine/client';
import { selectedNodes } from '../state/canvas-store';
import { runStore } from '../state/run-store';

export default defineCommand({
  title: 'Run to the selected nodes',
  icon: IconPlayerTrackNext,
  keys: ['mod+shift+enter'],
  menu: { section: 'edit', place: 8 },
  whileTyping: true,
  enabled: () => runStore.getState().phase === 'idle' && selectedNodes().length > 0,
  run: () => run(selectedNodes()),
});
