import { IconLayoutDistributeHorizontal } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { distribute } from '../document/arrange';
import { arrangeSelection, canDistribute } from '../state/arrange-selection';

export default defineCommand({
  title: 'Distribute down',
  icon: IconLayoutDistributeHorizontal,
  menu: { section: 'arrange', place: 8 },
  context: ['selection'],
  needs: 'Select three parts or more.',
  enabled: canDistribute,
  run: () => arrangeSelection('Distribute down', (boxes) => distribute(boxes, 'y')),
});
