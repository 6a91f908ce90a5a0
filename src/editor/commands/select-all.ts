import { IconSelectAll } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { partsOf } from '../document/parts';
import { selectNodes } from '../state/canvas-store';
import { currentDocument } from '../state/document-store';

export default defineCommand({
  title: 'Select all',
  icon: IconSelectAll,
  keys: ['mod+a'],
  menu: { section: 'edit', place: 10 },
  context: ['canvas'],
  run: () => selectNodes(partsOf(currentDocument()).map(({ id }) => id)),
});
