import { IconZoomScan } from '@tabler/icons-react';
import { fitParts } from '../canvas/reveal';
import { defineCommand } from '../define-command';
import { selectedParts } from '../state/canvas-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.fitSelection.title,
  alsoCalled: commands.fitSelection.also,
  icon: IconZoomScan,
  keys: ['shift+f'],
  menu: { section: 'view', place: 2 },
  context: ['node', 'selection', 'frame', 'note'],
  needs: commands.fitSelection.needs,
  enabled: () => selectedParts().length > 0,
  run: () => fitParts(selectedParts()),
});
