import { IconPlayerTrackNext } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { run } from '../engine/run';
import { selectedNodes } from '../state/canvas-store';

export default defineCommand({
  title: 'Run to the selected nodes',
  titleNow: (on) => (on?.place === 'node' ? 'Run to here' : 'Run to the selected nodes'),
  icon: IconPlayerTrackNext,
  keys: ['mod+shift+enter'],
  menu: { section: 'run', place: 2 },
  context: ['node', 'selection'],
  needs: 'Select a node to run to, and wait until no run is going on.',
  whileTyping: true,
  enabled: () => selectedNodes().length > 0,
  run: () => run(selectedNodes()),
});
