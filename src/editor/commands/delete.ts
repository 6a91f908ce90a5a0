import { defineCommand } from '../define-command';
import { removeNodes, withPartners } from '../document/nodes';
import { allOf } from '../document/recipe';
import { disconnect } from '../document/wires';
import { selectedNodes, selectedWires } from '../state/canvas-store';
import { currentDocument, edit } from '../state/document-store';
import { countWords } from '../words';

export default defineCommand({
  title: 'Delete',
  keys: ['delete', 'backspace'],
  menu: { section: 'edit', place: 6 },
  enabled: () => selectedNodes().length + selectedWires().length > 0,
  run() {
    const nodes = withPartners(currentDocument(), selectedNodes());
    const wires = selectedWires();
    const what = nodes.size ? countWords(nodes.size, 'node') : countWords(wires.length, 'wire');
    edit(`Delete ${what}`, allOf(disconnect(new Set(wires)), removeNodes(nodes)));
  },
});
