import { IconPlus } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.insertNode.title,
  alsoCalled: commands.insertNode.also,
  icon: IconPlus,
  context: ['wire'],
  enabled: (on) => on?.place === 'wire',
  run(on) {
    if (on?.place === 'wire' && on.at) uiStore.setState({ adding: { ...on.at, loose: undefined, into: on.id } });
  },
});
