import { IconMaximize } from '@tabler/icons-react';
import { fit } from '../canvas/reveal';
import { defineCommand } from '../define-command';

export default defineCommand({
  title: 'Show the whole graph',
  icon: IconMaximize,
  keys: ['f'],
  menu: { section: 'view', place: 1 },
  context: ['canvas'],
  run: fit,
});
