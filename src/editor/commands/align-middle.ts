import { IconLayoutAlignMiddle } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { align } from '../document/arrange';
import { arrangeSelection, canAlign } from '../state/arrange-selection';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.alignMiddle.title,
  alsoCalled: commands.alignMiddle.also,
  icon: IconLayoutAlignMiddle,
  menu: { section: 'arrange', place: 5 },
  context: ['selection'],
  needs: commands.alignMiddle.needs,
  enabled: canAlign,
  run: () => arrangeSelection(commands.alignMiddle.title, (boxes) => align(boxes, 'y', 0.5)),
});
