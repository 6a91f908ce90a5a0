import { IconLayoutDistributeHorizontal } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { distribute } from '../document/arrange';
import { arrangeSelection, canDistribute } from '../state/arrange-selection';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.distributeDown.title,
  alsoCalled: commands.distributeDown.also,
  icon: IconLayoutDistributeHorizontal,
  menu: { section: 'arrange', place: 8 },
  context: ['selection'],
  needs: commands.distributeDown.needs,
  enabled: canDistribute,
  run: () => arrangeSelection(commands.distributeDown.title, (boxes) => distribute(boxes, 'y')),
});
