import { IconArrowsDiagonal } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { chosenPicture } from '../pictures/chosen';
import { uiStore } from '../state/ui-store';

export default defineCommand({
  title: 'Show the pictures large',
  icon: IconArrowsDiagonal,
  menu: { section: 'view', place: 3 },
  context: ['picture'],
  needs: 'Select a node that shows a picture.',
  enabled: (on) => chosenPicture(on) !== undefined,
  run: (on) => uiStore.setState({ enlarged: chosenPicture(on)?.node }),
});
