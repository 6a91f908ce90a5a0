import { IconBoxMultiple } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { selectNodes } from '../state/canvas-store';
import { frameContents } from '../state/frame-contents';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.selectContents.title,
  icon: IconBoxMultiple,
  menu: { section: 'edit', place: 11 },
  context: ['frame'],
  needs: commands.selectContents.needs,
  enabled: () => frameContents().length > 0,
  run: () => selectNodes(frameContents()),
});
