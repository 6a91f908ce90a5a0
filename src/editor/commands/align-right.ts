import { IconLayoutAlignRight } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { align } from '../document/arrange';
import { arrangeSelection, canAlign } from '../state/arrange-selection';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.alignRight.title,
  alsoCalled: commands.alignRight.also,
  icon: IconLayoutAlignRight,
  menu: { section: 'arrange', place: 3 },
  context: ['selection'],
  needs: commands.alignRight.needs,
  enabled: canAlign,
  run: () => arrangeSelection(commands.alignRight.title, (boxes) => align(boxes, 'x', 1)),
});
