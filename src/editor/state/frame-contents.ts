import { holds } from '../document/boxes';
import { boxOf, canvasStore, selectedNodes } from './canvas-store';

/** Ids of what lies wholly in the selected frames. */
export function frameContents(): string[] {
  const { nodes } = canvasStore.getState();
  const frames = nodes.filter(({ type, selected }) => type === 'frame' && selected);
  if (frames.length === 0) return [];
  return nodes.flatMap((node) =>
    frames.some((frame) => frame !== node && holds(boxOf(frame), boxOf(node))) ? [node.id] : [],
  );
}

/** Ids of the selected nodes, and of those in selected frames: a frame is switched with all that is in it. */
export function nodesToSwitch(): string[] {
  const inside = new Set(frameContents());
  const { nodes } = canvasStore.getState();
  if (inside.size === 0) return selectedNodes();
  return nodes.flatMap(({ id, type, selected }) => (type === 'weft' && (selected || inside.has(id)) ? [id] : []));
}
