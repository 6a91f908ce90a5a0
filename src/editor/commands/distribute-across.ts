import { IconLayoutDistributeVertical } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { distribute } from '../document/arrange';
import { arrangeSelection, canDistribute } from '../state/arrange-selection';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.distributeAcross.title,
  alsoCalled: commands.distributeAcross.also,
  icon: IconLayoutDistributeVertical,
  menu: { section: 'arrange', place: 7 },
  context: ['selection'],
  needs: commands.distributeAcross.needs,
  enabled: canDistribute,
  run: () => arrangeSelection(commands.distributeAcross.title, (boxes) => distribute(boxes, 'x')),
});
