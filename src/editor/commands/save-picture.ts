import { IconDownload } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { download } from '../files/download';
import { notifyFailure } from '../notify';
import { chosenPicture } from '../pictures/chosen';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.savePicture.title,
  alsoCalled: commands.savePicture.also,
  icon: IconDownload,
  menu: { section: 'edit', place: 12 },
  context: ['picture'],
  needs: commands.savePicture.needs,
  enabled: (on) => chosenPicture(on) !== undefined,
  async run(on) {
    const chosen = chosenPicture(on);
    if (!chosen) return;
    const origin = { graph: chosen.shown.from, node: chosen.node };
    try {
      const { keptChoice, pictureFile, pictureFileName } = await import('../share/picture-file');
      const choice = keptChoice();
      const file = await pictureFile(chosen.picture, origin, choice);
      download(file, pictureFileName(origin, choice.form, commands.savePicture.file));
    } catch (thrown) {
      notifyFailure(thrown);
    }
  },
});
