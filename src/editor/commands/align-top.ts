import { IconLayoutAlignTop } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { align } from '../document/arrange';
import { arrangeSelection, canAlign } from '../state/arrange-selection';

export default defineCommand({
  title: 'Align top',
  icon: IconLayoutAlignTop,
  menu: { section: 'arrange', place: 4 },
  context: ['selection'],
  needs: 'Select two parts or more.',
  enabled: canAlign,
  run: () => arrangeSelection('Align top', (boxes) => align(boxes, 'y', 0)),
});
