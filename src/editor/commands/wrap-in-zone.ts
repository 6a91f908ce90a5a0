import { IconRepeat } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { boxOf, canvasStore, selectedNodes } from '../state/canvas-store';
import { commands } from '../text/commands';

export default defineCommand({
  title: commands.wrapInZone.title,
  alsoCalled: commands.wrapInZone.also,
  icon: IconRepeat,
  keys: ['z'],
  menu: { section: 'node', place: 5.5 },
  context: ['node', 'selection'],
  needs: commands.wrapInZone.needs,
  enabled: () => selectedNodes().length > 0,
  async run() {
    const { wrapSelection } = await import('../canvas/wrap-selection');
    const nodes = canvasStore.getState().nodes.filter(({ type }) => type === 'weft' || type === 'note');
    wrapSelection(new Set(selectedNodes()), new Map(nodes.map((node) => [node.id, boxOf(node)])));
  },
});
