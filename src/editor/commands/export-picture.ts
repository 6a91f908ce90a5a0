import { IconFileExport } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { chosenPicture } from '../pictures/chosen';
import { openExport } from '../share/exported';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.exportPicture.title,
  alsoCalled: commands.exportPicture.also,
  icon: IconFileExport,
  menu: { section: 'edit', place: 12.5 },
  context: ['picture'],
  needs: commands.savePicture.needs,
  enabled: (on) => chosenPicture(on) !== undefined,
  run(on) {
    const chosen = chosenPicture(on);
    if (chosen) openExport(chosen.picture, { graph: chosen.shown.from, node: chosen.node });
  },
});
