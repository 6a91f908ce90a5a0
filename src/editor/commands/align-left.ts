import { IconLayoutAlignLeft } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { align } from '../document/arrange';
import { arrangeSelection, canAlign } from '../state/arrange-selection';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.alignLeft.title,
  alsoCalled: commands.alignLeft.also,
  icon: IconLayoutAlignLeft,
  menu: { section: 'arrange', place: 1 },
  context: ['selection'],
  needs: commands.alignLeft.needs,
  enabled: canAlign,
  run: () => arrangeSelection(commands.alignLeft.title, (boxes) => align(boxes, 'x', 0)),
});
