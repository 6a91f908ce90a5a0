import { IconFilePlus } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { newGraph } from '../files/session';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.newGraph.title,
  alsoCalled: commands.newGraph.also,
  icon: IconFilePlus,
  menu: { section: 'graph', place: 1 },
  run: newGraph,
});
