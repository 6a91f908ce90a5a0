import { IconPlayerTrackNext } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { run } from '../engine/run';
import { selectedNodes } from '../state/canvas-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.runToSelection.title,
  alsoCalled: commands.runToSelection.also,
  titleNow: (on) => (on?.place === 'node' ? commands.runToSelection.here : commands.runToSelection.title),
  icon: IconPlayerTrackNext,
  keys: ['mod+shift+enter'],
  menu: { section: 'run', place: 2 },
  context: ['node', 'selection'],
  needs: commands.runToSelection.needs,
  whileTyping: true,
  enabled: () => selectedNodes().length > 0,
  run: () => run(selectedNodes()),
});
