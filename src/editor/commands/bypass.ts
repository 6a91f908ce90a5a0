import { IconArrowRight } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { isOn, toggleNodes } from '../document/switches';
import { selectedNodes } from '../state/canvas-store';
import { currentDocument, edit } from '../state/document-store';
import { commands } from '../text/commands';
import { common } from '../text/common';

const on = () => isOn(currentDocument(), selectedNodes(), 'bypassed');

export default defineCommand({
  title: commands.bypass.title,
  icon: IconArrowRight,
  titleNow: () => (on() ? commands.bypass.stop : commands.bypass.title),
  keys: ['b'],
  menu: { section: 'node', place: 2 },
  context: ['node', 'selection'],
  needs: commands.bypass.needs,
  enabled: () => selectedNodes().length > 0,
  run() {
    const nodes = selectedNodes();
    edit(commands.bypass[on() ? 'stopGesture' : 'gesture'](common.nodes(nodes.length)), toggleNodes(nodes, 'bypassed'));
  },
});
