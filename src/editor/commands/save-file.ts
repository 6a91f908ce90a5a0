import { IconDeviceFloppy } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { saveGraphFile } from '../files/session';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.saveFile.title,
  alsoCalled: commands.saveFile.also,
  icon: IconDeviceFloppy,
  keys: ['mod+s'],
  menu: { section: 'graph', place: 3 },
  whileTyping: true,
  run: saveGraphFile,
});
