import { defineCommand } from '../define-command';
import { selectNodes } from '../state/canvas-store';
import { currentDocument } from '../state/document-store';

export default defineCommand({
  title: 'Select all',
  keys: ['mod+a'],
  menu: { section: 'edit', place: 7 },
  run: () => selectNodes(currentDocument().nodes.map(({ id }) => id)),
});
