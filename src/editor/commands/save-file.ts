import { IconDeviceFloppy } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { saveGraphFile } from '../files/session';

export default defineCommand({
  title: 'Save to file',
  icon: IconDeviceFloppy,
  keys: ['mod+s'],
  menu: { section: 'graph', place: 3 },
  whileTyping: true,
  run: saveGraphFile,
});
