import { IconFolderOpen } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { chooseFile } from '../files/choose';
import { openFile } from '../files/open-file';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.openFile.title,
  alsoCalled: commands.openFile.also,
  icon: IconFolderOpen,
  keys: ['mod+o'],
  menu: { section: 'graph', place: 2 },
  async run() {
    const file = await chooseFile('.json,application/json,image/png,image/webp,.latent,.txt');
    if (file) await openFile(file);
  },
});
