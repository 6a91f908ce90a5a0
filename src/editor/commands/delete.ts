import { IconTrash } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { removal } from '../document/bridge';
import { withPartners } from '../document/nodes';
import { registry } from '../registry';
import { selectedParts, selectedWires } from '../state/canvas-store';
import { currentDocument, edit } from '../state/document-store';
import { countWords } from '../words';

export default defineCommand({
  title: 'Delete',
  icon: IconTrash,
  keys: ['delete', 'backspace'],
  menu: { section: 'edit', place: 9 },
  context: ['node', 'selection', 'frame', 'note', 'wire'],
  needs: 'Select a part or a wire.',
  enabled: () => selectedParts().length + selectedWires().length > 0,
  run() {
    const document = currentDocument();
    const nodes = withPartners(document, selectedParts());
    const wires = selectedWires();
    const what = nodes.size ? countWords(nodes.size, 'part') : countWords(wires.length, 'wire');
    edit(`Delete ${what}`, removal(document, registry, nodes, new Set(wires)));
  },
});
