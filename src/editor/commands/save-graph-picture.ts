import { IconPhotoDown } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { openMenuAtFocus } from '../menus/open';
import { notifyFailure } from '../notify';
import { currentDocument } from '../state/document-store';
import { commands } from '../text/commands';

/** What draws is fetched when it is first used. */
const save = (form: 'png' | 'svg') =>
  import('../share/graph-picture').then((picture) => picture.saveGraphPicture(form)).catch(notifyFailure);

export default defineCommand({
  title: commands.saveGraphPicture.title,
  alsoCalled: commands.saveGraphPicture.also,
  icon: IconPhotoDown,
  menu: { section: 'graph', place: 3.2 },
  context: ['canvas'],
  needs: commands.saveGraphPicture.needs,
  enabled: () => currentDocument().nodes.length > 0,
  options: () =>
    (['png', 'svg'] as const).map((form) => ({
      title: commands.saveGraphPicture[form],
      chosen: false,
      run: () => void save(form),
    })),
  run: openMenuAtFocus,
});
