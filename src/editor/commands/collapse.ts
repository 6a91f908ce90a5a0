import { IconFold } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { isOn, toggleNodes } from '../document/switches';
import { selectedNodes } from '../state/canvas-store';
import { currentDocument, edit } from '../state/document-store';
import { countWords } from '../words';

const on = () => isOn(currentDocument(), selectedNodes(), 'collapsed');

export default defineCommand({
  title: 'Collapse',
  icon: IconFold,
  titleNow: () => (on() ? 'Expand' : 'Collapse'),
  keys: ['c'],
  menu: { section: 'node', place: 3 },
  context: ['node', 'selection'],
  needs: 'Select a node.',
  enabled: () => selectedNodes().length > 0,
  run() {
    const nodes = selectedNodes();
    edit(`${on() ? 'Expand' : 'Collapse'} ${countWords(nodes.length, 'node')}`, toggleNodes(nodes, 'collapsed'));
  },
});
