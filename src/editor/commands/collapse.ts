import { IconFold } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { isOn, toggleNodes } from '../document/switches';
import { currentDocument, edit } from '../state/document-store';
import { nodesToSwitch } from '../state/frame-contents';
import { commands } from '../text/commands';
import { common } from '../text/common';

const on = () => isOn(currentDocument(), nodesToSwitch(), 'collapsed');

export default defineCommand({
  title: commands.collapse.title,
  alsoCalled: commands.collapse.also,
  icon: IconFold,
  titleNow: () => (on() ? commands.collapse.expand : commands.collapse.title),
  keys: ['c'],
  menu: { section: 'node', place: 3 },
  context: ['node', 'selection', 'frame'],
  needs: commands.collapse.needs,
  enabled: () => nodesToSwitch().length > 0,
  run() {
    const nodes = nodesToSwitch();
    edit(
      commands.collapse[on() ? 'expandGesture' : 'gesture'](common.nodes(nodes.length)),
      toggleNodes(nodes, 'collapsed'),
    );
  },
});
