import { IconClipboard } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { pasteExcerpt, readExcerpt } from '../document/clipboard';
import { notifyFailure } from '../notify';
import { selectNodes } from '../state/canvas-store';
import { currentDocument, edit } from '../state/document-store';
import { countWords } from '../words';

export default defineCommand({
  title: 'Paste',
  icon: IconClipboard,
  keys: ['mod+v'],
  menu: { section: 'edit', place: 5 },
  context: ['canvas'],
  async run() {
    try {
      const part = readExcerpt(await navigator.clipboard.readText());
      if (!part) return;
      const { recipe, pasted } = pasteExcerpt(currentDocument(), part, [24, 24]);
      edit(`Paste ${countWords(pasted.length, 'part')}`, recipe);
      selectNodes(pasted);
    } catch (thrown) {
      notifyFailure(thrown);
    }
  },
});
