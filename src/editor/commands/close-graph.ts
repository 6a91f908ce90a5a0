import { IconX } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { closeGraph } from '../files/session';
import { wholeDocument } from '../state/document-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.closeGraph.title,
  alsoCalled: commands.closeGraph.also,
  icon: IconX,
  menu: { section: 'graph', place: 5 },
  run: () => closeGraph(wholeDocument().id),
});
