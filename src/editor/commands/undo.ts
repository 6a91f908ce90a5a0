import { IconArrowBackUp } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { documentStore, undo } from '../state/document-store';

const last = () => documentStore.getState().history.past.at(-1);

export default defineCommand({
  title: 'Undo',
  icon: IconArrowBackUp,
  titleNow: () => ['Undo', last()?.label.toLowerCase()].filter(Boolean).join(' '),
  keys: ['mod+z'],
  menu: { section: 'edit', place: 1 },
  needs: 'Nothing was done yet.',
  whileTyping: true,
  enabled: () => last() !== undefined,
  run: undo,
});
