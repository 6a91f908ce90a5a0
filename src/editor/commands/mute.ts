import { IconEyeOff } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { isOn, toggleNodes } from '../document/switches';
import { currentDocument, edit } from '../state/document-store';
import { nodesToSwitch } from '../state/frame-contents';
import { commands } from '../text/commands';
import { common } from '../text/common';

const on = () => isOn(currentDocument(), nodesToSwitch(), 'muted');

export default defineCommand({
  title: commands.mute.title,
  alsoCalled: commands.mute.also,
  icon: IconEyeOff,
  titleNow: () => (on() ? commands.mute.unmute : commands.mute.title),
  keys: ['m'],
  menu: { section: 'node', place: 1 },
  context: ['node', 'selection', 'frame'],
  needs: commands.mute.needs,
  enabled: () => nodesToSwitch().length > 0,
  run() {
    const nodes = nodesToSwitch();
    edit(commands.mute[on() ? 'unmuteGesture' : 'gesture'](common.nodes(nodes.length)), toggleNodes(nodes, 'muted'));
  },
});
