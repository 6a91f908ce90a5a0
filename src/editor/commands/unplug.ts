import { IconPlugConnectedX } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { disconnect, wireId } from '../document/wires';
import type { MenuTarget } from '../menus/target';
import { currentDocument, edit } from '../state/document-store';
import { commands } from '../text/commands';
import { common } from '../text/common';

/** Ids of the wires at the socket that a menu was opened on. */
function wires(on?: MenuTarget): string[] {
  if (on?.place !== 'port') return [];
  const end = on.side === 'target' ? 'to' : 'from';
  return currentDocument().wires.flatMap((wire) =>
    wire[end][0] === on.node && wire[end][1] === on.port ? [wireId(wire.to)] : [],
  );
}

export default defineCommand({
  title: commands.unplug.title,
  alsoCalled: commands.unplug.also,
  icon: IconPlugConnectedX,
  titleNow: (on) => (wires(on).length > 1 ? commands.unplug.all(wires(on).length) : commands.unplug.one),
  context: ['port'],
  needs: commands.unplug.needs,
  enabled: (on) => wires(on).length > 0,
  run(on) {
    const ids = wires(on);
    edit(commands.unplug.gesture(common.wires(ids.length)), disconnect(new Set(ids)));
  },
});
