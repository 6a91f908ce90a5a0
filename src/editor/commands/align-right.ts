import { IconLayoutAlignRight } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { align } from '../document/arrange';
import { arrangeSelection, canAlign } from '../state/arrange-selection';

export default defineCommand({
  title: 'Align right',
  icon: IconLayoutAlignRight,
  menu: { section: 'arrange', place: 3 },
  context: ['selection'],
  needs: 'Select two parts or more.',
  enabled: canAlign,
  run: () => arrangeSelection('Align right', (boxes) => align(boxes, 'x', 1)),
});
