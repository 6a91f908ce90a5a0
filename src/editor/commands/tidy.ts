import { IconLayoutDashboard } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { notifyFailure } from '../notify';
import { selectedParts } from '../state/canvas-store';
import { currentDocument } from '../state/document-store';

export default defineCommand({
  title: 'Arrange along the wires',
  icon: IconLayoutDashboard,
  titleNow: () =>
    selectedParts().length > 1 ? 'Arrange the selection along the wires' : 'Arrange all along the wires',
  keys: ['l'],
  menu: { section: 'arrange', place: 0 },
  context: ['canvas', 'selection'],
  needs: 'There is nothing to arrange.',
  enabled: () => currentDocument().nodes.length > 1,
  async run() {
    try {
      (await import('../layout/tidy')).tidy();
    } catch (thrown) {
      notifyFailure(thrown);
    }
  },
});
