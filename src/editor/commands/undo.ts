import { IconArrowBackUp } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { documentStore, undo } from '../state/document-store';
import { commands } from '../text/commands';

const last = () => documentStore.getState().history.past.at(-1);

export default defineCommand({
  title: commands.undo.title,
  alsoCalled: commands.undo.also,
  icon: IconArrowBackUp,
  titleNow: () => {
    const gesture = last();
    return gesture ? commands.undo.last(gesture.label.toLowerCase()) : commands.undo.title;
  },
  keys: ['mod+z'],
  menu: { section: 'edit', place: 1 },
  needs: commands.undo.needs,
  whileTyping: true,
  enabled: () => last() !== undefined,
  run: undo,
});
