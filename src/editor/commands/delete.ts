import { defineCommand } from '../define-command';
import { removeParts, withPartners } from '../document/nodes';
import { allOf } from '../document/recipe';
import { disconnect } from '../document/wires';
import { selectedParts, selectedWires } from '../state/canvas-store';
import { currentDocument, edit } from '../state/document-store';
import { countWords } from '../words';

export default defineCommand({
  title: 'Delete',
  keys: ['delete', 'backspace'],
  menu: { section: 'edit', place: 6 },
  enabled: () => selectedParts().length + selectedWires().length > 0,
  run() {
    const nodes = withPartners(currentDocument(), selectedParts());
    const wires = selectedWires();
    const what = nodes.size ? countWords(nodes.size, 'part') : countWords(wires.length, 'wire');
    edit(`Delete ${what}`, allOf(disconnect(new Set(wires)), removeParts(nodes)));
  },
});
