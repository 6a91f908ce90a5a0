import { IconLayoutDistributeVertical } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { resetSizes } from '../panels/sizes';
import { canvasLeft, holdView } from '../panels/steady';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.resetPanels.title,
  alsoCalled: commands.resetPanels.also,
  icon: IconLayoutDistributeVertical,
  menu: { section: 'view', place: 3.8 },
  run() {
    const before = canvasLeft();
    resetSizes();
    holdView(before);
  },
});
