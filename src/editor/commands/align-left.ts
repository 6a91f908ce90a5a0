import { IconLayoutAlignLeft } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { align } from '../document/arrange';
import { arrangeSelection, canAlign } from '../state/arrange-selection';

export default defineCommand({
  title: 'Align left',
  icon: IconLayoutAlignLeft,
  menu: { section: 'arrange', place: 1 },
  context: ['selection'],
  needs: 'Select two parts or more.',
  enabled: canAlign,
  run: () => arrangeSelection('Align left', (boxes) => align(boxes, 'x', 0)),
});
