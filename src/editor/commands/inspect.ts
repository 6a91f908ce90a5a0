import { IconEyeSearch } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { thingOf } from '../inspect/target';
import { lookAtSocket, lookAtWire } from '../state/inspect-store';
import { uiStore } from '../state/ui-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.inspect.title,
  alsoCalled: commands.inspect.also,
  icon: IconEyeSearch,
  keys: ['i'],
  menu: { section: 'view', place: 4 },
  context: ['wire', 'port'],
  needs: commands.inspect.needs,
  enabled: (on) => thingOf(on) !== undefined,
  run(on) {
    const thing = thingOf(on);
    if (!thing) return;
    uiStore.setState({ inspector: true });
    if ('wire' in thing) lookAtWire(thing.wire);
    else lookAtSocket(thing.end, thing.side);
  },
});
