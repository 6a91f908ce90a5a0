import { IconFold } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { isOn, toggleNodes } from '../document/switches';
import { selectedNodes } from '../state/canvas-store';
import { currentDocument, edit } from '../state/document-store';
import { commands } from '../text/commands';
import { common } from '../text/common';

const on = () => isOn(currentDocument(), selectedNodes(), 'collapsed');

export default defineCommand({
  title: commands.collapse.title,
  icon: IconFold,
  titleNow: () => (on() ? commands.collapse.expand : commands.collapse.title),
  keys: ['c'],
  menu: { section: 'node', place: 3 },
  context: ['node', 'selection'],
  needs: commands.collapse.needs,
  enabled: () => selectedNodes().length > 0,
  run() {
    const nodes = selectedNodes();
    edit(
      commands.collapse[on() ? 'expandGesture' : 'gesture'](common.nodes(nodes.length)),
      toggleNodes(nodes, 'collapsed'),
    );
  },
});
