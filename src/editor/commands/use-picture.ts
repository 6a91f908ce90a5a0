import { IconPhotoPlus } from '@tabler/icons-react';
import { keepFile } from '../../storage/files';
import { graphPoint } from '../canvas/reveal';
import { defineCommand } from '../define-command';
import { notifyFailure } from '../notify';
import { chosenPicture } from '../pictures/chosen';
import { pngOf } from '../pictures/png';
import { registry } from '../registry';
import { addNode } from '../state/add-node';
import { commands } from '../text/commands';

const type = 'image/load-image';

export default defineCommand({
  title: commands.usePicture.title,
  alsoCalled: commands.usePicture.also,
  icon: IconPhotoPlus,
  menu: { section: 'edit', place: 14 },
  context: ['picture'],
  needs: commands.usePicture.needs,
  enabled: (on) => chosenPicture(on) !== undefined && registry.has(type),
  async run(on) {
    const chosen = chosenPicture(on);
    const definition = registry.get(type);
    if (!chosen || !definition) return;
    try {
      const file = await keepFile(
        await pngOf(chosen.picture),
        `${chosen.shown.from?.name || commands.usePicture.file}.png`,
      );
      addNode(definition, graphPoint(on?.at), { beside: true, params: { file } });
    } catch (thrown) {
      notifyFailure(thrown);
    }
  },
});
