import { IconZoomScan } from '@tabler/icons-react';
import { fitParts } from '../canvas/reveal';
import { defineCommand } from '../define-command';
import { selectedParts } from '../state/canvas-store';

export default defineCommand({
  title: 'Show the selection',
  icon: IconZoomScan,
  keys: ['shift+f'],
  menu: { section: 'view', place: 2 },
  context: ['node', 'selection', 'frame', 'note'],
  needs: 'Select what is to be shown.',
  enabled: () => selectedParts().length > 0,
  run: () => fitParts(selectedParts()),
});
