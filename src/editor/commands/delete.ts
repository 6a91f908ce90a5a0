import { IconTrash } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { removal } from '../document/bridge';
import { withPartners } from '../document/nodes';
import { allOf } from '../document/recipe';
import { removeReroutes } from '../document/reroutes';
import { registry } from '../registry';
import { selectedParts, selectedReroutes, selectedWires } from '../state/canvas-store';
import { currentDocument, edit } from '../state/document-store';
import { commands } from '../text/commands';
import { common } from '../text/common';

export default defineCommand({
  title: commands.delete.title,
  alsoCalled: commands.delete.also,
  icon: IconTrash,
  keys: ['delete', 'backspace'],
  menu: { section: 'edit', place: 9 },
  context: ['node', 'selection', 'frame', 'note', 'wire', 'reroute'],
  needs: commands.delete.needs,
  enabled: () => selectedParts().length + selectedWires().length + selectedReroutes().length > 0,
  run() {
    const document = currentDocument();
    const nodes = withPartners(document, selectedParts());
    const wires = selectedWires();
    const reroutes = selectedReroutes();
    const what = nodes.size
      ? common.parts(nodes.size)
      : wires.length
        ? common.wires(wires.length)
        : common.reroutes(reroutes.length);
    edit(
      commands.delete.gesture(what),
      allOf(removeReroutes(reroutes), removal(document, registry, nodes, new Set(wires))),
    );
  },
});
