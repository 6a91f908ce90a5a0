import { IconRouteAltLeft } from '@tabler/icons-react';
import { withGestures } from '../canvas/later';
import { defineCommand } from '../define-command';
import { selectedWires } from '../state/canvas-store';

export default defineCommand({
  title: 'Add a reroute',
  icon: IconRouteAltLeft,
  keys: ['r'],
  menu: { section: 'edit', place: 8 },
  context: ['wire'],
  needs: 'Select a wire.',
  enabled: () => selectedWires().length > 0,
  run(on) {
    // Where the menu was opened; by keys in the middle.
    withGestures(({ addRerouteAt }) => {
      for (const id of selectedWires()) addRerouteAt(id, on?.at);
    });
  },
});
