import { IconPhoto } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { notifyFailure } from '../notify';
import { chosenPicture } from '../pictures/chosen';
import { pngOf } from '../pictures/png';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.copyPicture.title,
  alsoCalled: commands.copyPicture.also,
  icon: IconPhoto,
  menu: { section: 'edit', place: 13 },
  context: ['picture'],
  needs: commands.copyPicture.needs,
  enabled: (on) => chosenPicture(on) !== undefined,
  async run(on) {
    const chosen = chosenPicture(on);
    if (!chosen) return;
    try {
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': pngOf(chosen.picture) })]);
    } catch (thrown) {
      notifyFailure(thrown);
    }
  },
});
