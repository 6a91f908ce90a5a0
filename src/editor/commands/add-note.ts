import { IconNote } from '@tabler/icons-react';
import { graphPoint } from '../canvas/reveal';
import { defineCommand } from '../define-command';
import { addNote, newNoteId } from '../document/notes';
import { selectNodes } from '../state/canvas-store';
import { currentDocument, edit } from '../state/document-store';
import { uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.addNote.title,
  alsoCalled: commands.addNote.also,
  icon: IconNote,
  menu: { section: 'add', place: 2 },
  context: ['canvas'],
  run(on) {
    const id = newNoteId(currentDocument());
    const [x, y] = graphPoint(on?.at);
    edit(commands.addNote.gesture, addNote(id, [x - 110, y - 48]));
    selectNodes([id]);
    uiStore.setState({ renaming: id });
  },
});
