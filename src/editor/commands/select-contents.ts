import { IconBoxMultiple } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { holds } from '../document/boxes';
import { boxOf, canvasStore, selectNodes } from '../state/canvas-store';
import { commands } from '../text/commands';

/** Ids of what lies in the selected frames. */
function contents(): string[] {
  const { nodes } = canvasStore.getState();
  const frames = nodes.filter(({ type, selected }) => type === 'frame' && selected);
  return nodes.flatMap((node) =>
    frames.some((frame) => frame !== node && holds(boxOf(frame), boxOf(node))) ? [node.id] : [],
  );
}

export default defineCommand({
  title: commands.selectContents.title,
  icon: IconBoxMultiple,
  menu: { section: 'edit', place: 11 },
  context: ['frame'],
  needs: commands.selectContents.needs,
  enabled: () => contents().length > 0,
  run: () => selectNodes(contents()),
});
