import { IconLayoutAlignMiddle } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { align } from '../document/arrange';
import { arrangeSelection, canAlign } from '../state/arrange-selection';

export default defineCommand({
  title: 'Align middles',
  icon: IconLayoutAlignMiddle,
  menu: { section: 'arrange', place: 5 },
  context: ['selection'],
  needs: 'Select two parts or more.',
  enabled: canAlign,
  run: () => arrangeSelection('Align middles', (boxes) => align(boxes, 'y', 0.5)),
});
