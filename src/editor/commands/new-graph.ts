import { IconFilePlus } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { newGraph } from '../files/session';

export default defineCommand({
  title: 'New graph',
  icon: IconFilePlus,
  menu: { section: 'graph', place: 1 },
  run: newGraph,
});
