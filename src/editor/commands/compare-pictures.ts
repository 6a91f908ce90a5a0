import { IconColumns2 } from '@tabler/icons-react';
import { openCompare } from '../compare/open';
import { picturesToCompare } from '../compare/other-pictures';
import { defineCommand } from '../define-command';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.comparePictures.title,
  alsoCalled: commands.comparePictures.also,
  icon: IconColumns2,
  menu: { section: 'view', place: 4.4 },
  context: ['picture'],
  needs: commands.comparePictures.needs,
  enabled: (on) => (picturesToCompare(on)?.others.length ?? 0) > 0,
  options(on) {
    const found = picturesToCompare(on);
    return (found?.others ?? []).map((other) => ({
      title: other.title,
      chosen: false,
      run: () => found && openCompare(found.chosen, other),
    }));
  },
  run() {},
});
