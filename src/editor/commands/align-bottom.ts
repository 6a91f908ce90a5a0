import { IconLayoutAlignBottom } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { align } from '../document/arrange';
import { arrangeSelection, canAlign } from '../state/arrange-selection';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.alignBottom.title,
  alsoCalled: commands.alignBottom.also,
  icon: IconLayoutAlignBottom,
  menu: { section: 'arrange', place: 6 },
  context: ['selection'],
  needs: commands.alignBottom.needs,
  enabled: canAlign,
  run: () => arrangeSelection(commands.alignBottom.title, (boxes) => align(boxes, 'y', 1)),
});
