import { IconScissors } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { excerptText } from '../document/clipboard';
import { removeParts, withPartners } from '../document/nodes';
import { notifyFailure } from '../notify';
import { selectedParts } from '../state/canvas-store';
import { rememberCut } from '../state/copies';
import { currentDocument, edit } from '../state/document-store';
import { commands } from '../text/commands';
import { common } from '../text/common';

export default defineCommand({
  title: commands.cut.title,
  icon: IconScissors,
  keys: ['mod+x'],
  menu: { section: 'edit', place: 3 },
  context: ['node', 'selection', 'frame', 'note'],
  needs: commands.cut.needs,
  enabled: () => selectedParts().length > 0 && !getSelection()?.toString(),
  async run() {
    const ids = selectedParts();
    try {
      const text = excerptText(currentDocument(), ids);
      await navigator.clipboard.writeText(text);
      rememberCut(text);
      edit(commands.cut.gesture(common.parts(withPartners(currentDocument(), ids).size)), removeParts(ids));
    } catch (thrown) {
      notifyFailure(thrown);
    }
  },
});
