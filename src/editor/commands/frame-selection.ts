import { IconFrame } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { frameAround } from '../document/frames';
import { boxesOf, selectedParts, selectNodes } from '../state/canvas-store';
import { currentDocument, edit } from '../state/document-store';
import { uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.frameSelection.title,
  alsoCalled: commands.frameSelection.also,
  keys: ['mod+shift+f'],
  icon: IconFrame,
  menu: { section: 'add', place: 3 },
  context: ['node', 'selection', 'note'],
  needs: commands.frameSelection.needs,
  enabled: () => selectedParts().length > 0,
  run() {
    edit(
      commands.frameSelection.gesture,
      frameAround([...boxesOf(selectedParts()).values()], commands.frameSelection.name),
    );
    const id = currentDocument().frames.at(-1)?.id;
    if (id === undefined) return;
    selectNodes([id]);
    uiStore.setState({ renaming: id });
  },
});
