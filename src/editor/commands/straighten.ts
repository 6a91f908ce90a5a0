import { IconLineDashed } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { removeReroutes, reroutesOf } from '../document/reroutes';
import { wireId } from '../document/wires';
import { selectedNodes, selectedWires } from '../state/canvas-store';
import { currentDocument, edit } from '../state/document-store';
import { commands } from '../text/commands';

/** The reroutes of the selected wires and of those at selected nodes; all, where nothing is selected. */
function led(): string[] {
  const nodes = new Set(selectedNodes());
  const wires = new Set(selectedWires());
  return [...reroutesOf(currentDocument()).values()].flatMap(({ id, from, to }) =>
    (nodes.size === 0 && wires.size === 0) ||
    nodes.has(from[0]) ||
    to.some((end) => nodes.has(end[0]) || wires.has(wireId(end)))
      ? [id]
      : [],
  );
}

export default defineCommand({
  title: commands.straighten.title,
  alsoCalled: commands.straighten.also,
  icon: IconLineDashed,
  menu: { section: 'arrange', place: 0.5 },
  context: ['wire', 'selection'],
  needs: commands.straighten.needs,
  enabled: () => led().length > 0,
  run: () => edit(commands.straighten.title, removeReroutes(led())),
});
