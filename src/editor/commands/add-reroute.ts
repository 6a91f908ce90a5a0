import { IconRouteAltLeft } from '@tabler/icons-react';
import { withGestures } from '../canvas/later';
import { defineCommand } from '../define-command';
import { selectedWires } from '../state/canvas-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.addReroute.title,
  alsoCalled: commands.addReroute.also,
  icon: IconRouteAltLeft,
  keys: ['r'],
  menu: { section: 'edit', place: 8 },
  context: ['wire'],
  needs: commands.addReroute.needs,
  enabled: () => selectedWires().length > 0,
  run(on) {
    // Where the menu was opened; by keys in the middle.
    withGestures(({ addRerouteAt }) => {
      for (const id of selectedWires()) addRerouteAt(id, on?.at);
    });
  },
});
