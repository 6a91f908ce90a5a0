import { IconArrowRight } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { isOn, toggleNodes } from '../document/switches';
import { selectedNodes } from '../state/canvas-store';
import { currentDocument, edit } from '../state/document-store';
import { countWords } from '../words';

const on = () => isOn(currentDocument(), selectedNodes(), 'bypassed');

export default defineCommand({
  title: 'Bypass',
  icon: IconArrowRight,
  titleNow: () => (on() ? 'Stop bypassing' : 'Bypass'),
  keys: ['b'],
  menu: { section: 'node', place: 2 },
  context: ['node', 'selection'],
  needs: 'Select a node.',
  enabled: () => selectedNodes().length > 0,
  run() {
    const nodes = selectedNodes();
    edit(`${on() ? 'Stop bypassing' : 'Bypass'} ${countWords(nodes.length, 'node')}`, toggleNodes(nodes, 'bypassed'));
  },
});
