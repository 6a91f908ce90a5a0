import { IconFrame } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { frameAround } from '../document/frames';
import { boxesOf, selectedParts, selectNodes } from '../state/canvas-store';
import { currentDocument, edit } from '../state/document-store';
import { uiStore } from '../state/ui-store';

export default defineCommand({
  title: 'Wrap selection in a frame',
  keys: ['mod+shift+f'],
  icon: IconFrame,
  menu: { section: 'add', place: 3 },
  context: ['node', 'selection', 'note'],
  needs: 'Select what the frame is to go around.',
  enabled: () => selectedParts().length > 0,
  run() {
    edit('Add frame', frameAround([...boxesOf(selectedParts()).values()], 'Frame'));
    const id = currentDocument().frames.at(-1)?.id;
    if (id === undefined) return;
    selectNodes([id]);
    uiStore.setState({ renaming: id });
  },
});
