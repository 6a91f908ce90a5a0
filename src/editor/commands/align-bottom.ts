import { IconLayoutAlignBottom } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { align } from '../document/arrange';
import { arrangeSelection, canAlign } from '../state/arrange-selection';

export default defineCommand({
  title: 'Align bottom',
  icon: IconLayoutAlignBottom,
  menu: { section: 'arrange', place: 6 },
  context: ['selection'],
  needs: 'Select two parts or more.',
  enabled: canAlign,
  run: () => arrangeSelection('Align bottom', (boxes) => align(boxes, 'y', 1)),
});
