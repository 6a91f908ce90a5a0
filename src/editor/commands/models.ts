import { IconBox } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.models.title,
  alsoCalled: commands.models.also,
  icon: IconBox,
  menu: { section: 'graph', place: 5 },
  run: () => uiStore.setState({ dialog: 'models' }),
});
