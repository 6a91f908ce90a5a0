import { IconEyeOff } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { isOn, toggleNodes } from '../document/switches';
import { selectedNodes } from '../state/canvas-store';
import { currentDocument, edit } from '../state/document-store';
import { countWords } from '../words';

const on = () => isOn(currentDocument(), selectedNodes(), 'muted');

export default defineCommand({
  title: 'Mute',
  icon: IconEyeOff,
  titleNow: () => (on() ? 'Unmute' : 'Mute'),
  keys: ['m'],
  menu: { section: 'node', place: 1 },
  context: ['node', 'selection'],
  needs: 'Select a node.',
  enabled: () => selectedNodes().length > 0,
  run() {
    const nodes = selectedNodes();
    edit(`${on() ? 'Unmute' : 'Mute'} ${countWords(nodes.length, 'node')}`, toggleNodes(nodes, 'muted'));
  },
});
