import { IconClipboardPlus } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { readExcerpt } from '../document/clipboard';
import { notifyFailure } from '../notify';
import { paste } from '../state/copies';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.pasteWired.title,
  icon: IconClipboardPlus,
  keys: ['mod+shift+v'],
  menu: { section: 'edit', place: 6 },
  context: ['canvas'],
  async run(on) {
    try {
      const text = await navigator.clipboard.readText();
      const part = readExcerpt(text);
      if (part) paste(text, part, true, on?.at);
    } catch (thrown) {
      notifyFailure(thrown);
    }
  },
});
