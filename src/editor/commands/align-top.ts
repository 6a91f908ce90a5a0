import { IconLayoutAlignTop } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { align } from '../document/arrange';
import { arrangeSelection, canAlign } from '../state/arrange-selection';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.alignTop.title,
  alsoCalled: commands.alignTop.also,
  icon: IconLayoutAlignTop,
  menu: { section: 'arrange', place: 4 },
  context: ['selection'],
  needs: commands.alignTop.needs,
  enabled: canAlign,
  run: () => arrangeSelection(commands.alignTop.title, (boxes) => align(boxes, 'y', 0)),
});
