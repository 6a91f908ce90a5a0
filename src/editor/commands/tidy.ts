import { IconLayoutDashboard } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { notifyFailure } from '../notify';
import { selectedParts } from '../state/canvas-store';
import { currentDocument } from '../state/document-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.tidy.title,
  alsoCalled: commands.tidy.also,
  icon: IconLayoutDashboard,
  titleNow: () => (selectedParts().length > 1 ? commands.tidy.selection : commands.tidy.all),
  keys: ['l'],
  menu: { section: 'arrange', place: 0 },
  context: ['canvas', 'selection'],
  needs: commands.tidy.needs,
  enabled: () => currentDocument().nodes.length > 1,
  async run() {
    try {
      (await import('../layout/tidy')).tidy();
    } catch (thrown) {
      notifyFailure(thrown);
    }
  },
});
