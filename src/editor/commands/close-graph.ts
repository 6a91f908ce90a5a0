import { IconX } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { closeGraph } from '../files/session';
import { wholeDocument } from '../state/document-store';

export default defineCommand({
  title: 'Close graph',
  icon: IconX,
  menu: { section: 'graph', place: 5 },
  run: () => closeGraph(wholeDocument().id),
});
