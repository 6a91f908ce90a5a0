import { IconArrowForwardUp } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { documentStore, redo } from '../state/document-store';

const next = () => documentStore.getState().history.future[0];

export default defineCommand({
  title: 'Redo',
  icon: IconArrowForwardUp,
  titleNow: () => ['Redo', next()?.label.toLowerCase()].filter(Boolean).join(' '),
  keys: ['mod+shift+z', 'mod+y'],
  menu: { section: 'edit', place: 2 },
  needs: 'Nothing was undone.',
  whileTyping: true,
  enabled: () => next() !== undefined,
  run: redo,
});
