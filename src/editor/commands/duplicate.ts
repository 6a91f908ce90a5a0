import { IconCopyPlus } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { excerpt, pasteExcerpt } from '../document/clipboard';
import { selectedParts, selectNodes } from '../state/canvas-store';
import { currentDocument, edit } from '../state/document-store';
import { countWords } from '../words';

export default defineCommand({
  title: 'Duplicate',
  icon: IconCopyPlus,
  keys: ['mod+d'],
  menu: { section: 'edit', place: 7 },
  context: ['node', 'selection', 'frame', 'note'],
  needs: 'Select something to duplicate.',
  enabled: () => selectedParts().length > 0,
  run() {
    const document = currentDocument();
    const { recipe, pasted } = pasteExcerpt(document, excerpt(document, selectedParts()), [24, 24]);
    edit(`Duplicate ${countWords(pasted.length, 'part')}`, recipe);
    selectNodes(pasted);
  },
});
