import { IconLayoutAlignCenter } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { align } from '../document/arrange';
import { arrangeSelection, canAlign } from '../state/arrange-selection';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.alignCenter.title,
  alsoCalled: commands.alignCenter.also,
  icon: IconLayoutAlignCenter,
  menu: { section: 'arrange', place: 2 },
  context: ['selection'],
  needs: commands.alignCenter.needs,
  enabled: canAlign,
  run: () => arrangeSelection(commands.alignCenter.title, (boxes) => align(boxes, 'x', 0.5)),
});
