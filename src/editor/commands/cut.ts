import { IconScissors } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { excerptText } from '../document/clipboard';
import { removeParts, withPartners } from '../document/nodes';
import { notifyFailure } from '../notify';
import { selectedParts } from '../state/canvas-store';
import { rememberCut } from '../state/copies';
import { currentDocument, edit } from '../state/document-store';
import { countWords } from '../words';

export default defineCommand({
  title: 'Cut',
  icon: IconScissors,
  keys: ['mod+x'],
  menu: { section: 'edit', place: 3 },
  context: ['node', 'selection', 'frame', 'note'],
  needs: 'Select something to cut.',
  enabled: () => selectedParts().length > 0 && !getSelection()?.toString(),
  async run() {
    const ids = selectedParts();
    try {
      const text = excerptText(currentDocument(), ids);
      await navigator.clipboard.writeText(text);
      rememberCut(text);
      edit(`Cut ${countWords(withPartners(currentDocument(), ids).size, 'part')}`, removeParts(ids));
    } catch (thrown) {
      notifyFailure(thrown);
    }
  },
});
