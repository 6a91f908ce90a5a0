import { IconTableDown } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { notifyFailure } from '../notify';
import { chosenPicture } from '../pictures/chosen';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.saveGrid.title,
  alsoCalled: commands.saveGrid.also,
  icon: IconTableDown,
  menu: { section: 'edit', place: 12.5 },
  context: ['picture'],
  needs: commands.saveGrid.needs,
  enabled: (on) => (chosenPicture(on)?.shown.pictures.length ?? 0) > 1,
  async run(on) {
    const chosen = chosenPicture(on);
    if (!chosen) return;
    try {
      await (await import('../sweep/save')).saveGrid(chosen.shown);
    } catch (thrown) {
      notifyFailure(thrown);
    }
  },
});
