import { IconBoxMultiple } from '@tabler/icons-react';
import { defineCommand } from '../define-command';
import { holds } from '../document/boxes';
import { boxOf, canvasStore, selectNodes } from '../state/canvas-store';

/** Ids of what lies in the selected frames. */
function contents(): string[] {
  const { nodes } = canvasStore.getState();
  const frames = nodes.filter(({ type, selected }) => type === 'frame' && selected);
  return nodes.flatMap((node) =>
    frames.some((frame) => frame !== node && holds(boxOf(frame), boxOf(node))) ? [node.id] : [],
  );
}

export default defineCommand({
  title: 'Select what is in the frame',
  icon: IconBoxMultiple,
  menu: { section: 'edit', place: 11 },
  context: ['frame'],
  needs: 'Select a frame with something in it.',
  enabled: () => contents().length > 0,
  run: () => selectNodes(contents()),
});
