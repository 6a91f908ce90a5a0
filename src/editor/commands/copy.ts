import { IconCopy } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { excerptText } from '../document/clipboard';
import { notifyFailure } from '../notify';
import { selectedParts } from '../state/canvas-store';
import { currentDocument } from '../state/document-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.copy.title,
  icon: IconCopy,
  keys: ['mod+c'],
  menu: { section: 'edit', place: 4 },
  context: ['node', 'selection', 'frame', 'note'],
  needs: commands.copy.needs,
  enabled: () => selectedParts().length > 0 && !getSelection()?.toString(),
  async run() {
    try {
      await navigator.clipboard.writeText(excerptText(currentDocument(), selectedParts()));
    } catch (thrown) {
      notifyFailure(thrown);
    }
  },
});
