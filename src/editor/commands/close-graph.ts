import { IconX } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { closeGraph } from '../files/session';
import { currentDocument } from '../state/document-store';

export default defineCommand({
  title: 'Close graph',
  icon: IconX,
  menu: { section: 'graph', place: 5 },
  run: () => closeGraph(currentDocument().id),
});
