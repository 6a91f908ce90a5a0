import { defineCommand } from '../define-command';
import { closeGraph } from '../files/session';
import { currentDocument } from '../state/document-store';

export default defineCommand({
  title: 'Close graph',
  menu: { section: 'graph', place: 5 },
  run: () => closeGraph(currentDocument().id),
});
