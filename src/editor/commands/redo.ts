import { IconArrowForwardUp } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { documentStore, redo } from '../state/document-store';
import { commands } from '../text/commands';

const next = () => documentStore.getState().history.future[0];

export default defineCommand({
  title: commands.redo.title,
  alsoCalled: commands.redo.also,
  icon: IconArrowForwardUp,
  titleNow: () => {
    const gesture = next();
    return gesture ? commands.redo.next(gesture.label.toLowerCase()) : commands.redo.title;
  },
  keys: ['mod+shift+z', 'mod+y'],
  menu: { section: 'edit', place: 2 },
  needs: commands.redo.needs,
  whileTyping: true,
  enabled: () => next() !== undefined,
  run: redo,
});
