import { IconLayoutAlignCenter } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { align } from '../document/arrange';
import { arrangeSelection, canAlign } from '../state/arrange-selection';

export default defineCommand({
  title: 'Align centres',
  icon: IconLayoutAlignCenter,
  menu: { section: 'arrange', place: 2 },
  context: ['selection'],
  needs: 'Select two parts or more.',
  enabled: canAlign,
  run: () => arrangeSelection('Align centres', (boxes) => align(boxes, 'x', 0.5)),
});
