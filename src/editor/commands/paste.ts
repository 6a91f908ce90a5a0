import { IconClipboard } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { readExcerpt } from '../document/clipboard';
import { notifyFailure } from '../notify';
import { paste } from '../state/copies';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.paste.title,
  icon: IconClipboard,
  keys: ['mod+v'],
  menu: { section: 'edit', place: 5 },
  context: ['canvas'],
  async run(on) {
    try {
      const text = await navigator.clipboard.readText();
      const part = readExcerpt(text);
      if (part) paste(text, part, false, on?.at);
    } catch (thrown) {
      notifyFailure(thrown);
    }
  },
});
