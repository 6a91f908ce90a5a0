import { IconArrowRight } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { isOn, toggleNodes } from '../document/switches';
import { currentDocument, edit } from '../state/document-store';
import { nodesToSwitch } from '../state/frame-contents';
import { commands } from '../text/commands';
import { common } from '../text/common';

const on = () => isOn(currentDocument(), nodesToSwitch(), 'bypassed');

export default defineCommand({
  title: commands.bypass.title,
  alsoCalled: commands.bypass.also,
  icon: IconArrowRight,
  titleNow: () => (on() ? commands.bypass.stop : commands.bypass.title),
  keys: ['b'],
  menu: { section: 'node', place: 2 },
  context: ['node', 'selection', 'frame'],
  needs: commands.bypass.needs,
  enabled: () => nodesToSwitch().length > 0,
  run() {
    const nodes = nodesToSwitch();
    edit(commands.bypass[on() ? 'stopGesture' : 'gesture'](common.nodes(nodes.length)), toggleNodes(nodes, 'bypassed'));
  },
});
