import { IconArrowsDiagonal } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { chosenPicture } from '../pictures/chosen';
import { enlarge } from '../state/ui-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.enlarge.title,
  alsoCalled: commands.enlarge.also,
  icon: IconArrowsDiagonal,
  menu: { section: 'view', place: 3 },
  context: ['picture'],
  needs: commands.enlarge.needs,
  enabled: (on) => chosenPicture(on) !== undefined,
  run: (on) => enlarge(chosenPicture(on)?.node, on?.place === 'picture' ? on.index : undefined),
});
