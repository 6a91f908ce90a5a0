import { fit } from '../canvas/reveal';
import { defineCommand } from '../define-command';

export default defineCommand({
  title: 'Show the whole graph',
  keys: ['f'],
  menu: { section: 'view', place: 1 },
  run: fit,
});
