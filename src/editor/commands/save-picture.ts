import { IconDownload } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { download } from '../files/download';
import { notifyFailure } from '../notify';
import { chosenPicture } from '../pictures/chosen';
import { pngOf } from '../pictures/png';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.savePicture.title,
  icon: IconDownload,
  menu: { section: 'edit', place: 12 },
  context: ['picture'],
  needs: commands.savePicture.needs,
  enabled: (on) => chosenPicture(on) !== undefined,
  async run(on) {
    const chosen = chosenPicture(on);
    if (!chosen) return;
    const name = chosen.shown.from?.name || commands.savePicture.file;
    try {
      download(await pngOf(chosen.picture), `${name.replace(/[/\\:*?"<>|]/g, '-')}.png`);
    } catch (thrown) {
      notifyFailure(thrown);
    }
  },
});
