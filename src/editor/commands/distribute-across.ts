import { IconLayoutDistributeVertical } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { distribute } from '../document/arrange';
import { arrangeSelection, canDistribute } from '../state/arrange-selection';

export default defineCommand({
  title: 'Distribute across',
  icon: IconLayoutDistributeVertical,
  menu: { section: 'arrange', place: 7 },
  context: ['selection'],
  needs: 'Select three parts or more.',
  enabled: canDistribute,
  run: () => arrangeSelection('Distribute across', (boxes) => distribute(boxes, 'x')),
});
