import type { NodeChange } from '@xyflow/react';
import { holds } from '../document/boxes';
import type { Point } from '../document/nodes';
import { boxOf, type CanvasNode, canvasStore } from '../state/canvas-store';

interface Carried {
  readonly from: Point;
  /** Where what lies in the frame was, by id. */
  readonly members: ReadonlyMap<string, Point>;
}

/** Frames that are being dragged, with what moves along. */
const carried = new Map<string, Carried>();

/** To be called when a drag of `dragged` begins: looks what lies in the frames among them. */
export function beginCarry(dragged: readonly CanvasNode[]) {
  carried.clear();
  const ids = new Set(dragged.map(({ id }) => id));
  for (const { id, type } of dragged) {
    const frame = type === 'frame' && canvasStore.getState().nodes.find((node) => node.id === id);
    if (!frame) continue;
    const members = canvasStore
      .getState()
      .nodes.filter((node) => !ids.has(node.id) && holds(boxOf(frame), boxOf(node)))
      .map((node) => [node.id, [node.position.x, node.position.y]] as const);
    carried.set(id, { from: [frame.position.x, frame.position.y], members: new Map(members) });
  }
}

/** Adds, to the moves of frames, those of what lies in them. */
export function withCarried(changes: NodeChange<CanvasNode>[]): NodeChange<CanvasNode>[] {
  if (carried.size === 0) return changes;
  const more = new Map<string, NodeChange<CanvasNode>>();
  for (const change of changes) {
    const frame = change.type === 'position' && change.position && carried.get(change.id);
    if (!frame || !change.position) continue;
    const [right, down] = [change.position.x - frame.from[0], change.position.y - frame.from[1]];
    for (const [id, [x, y]] of frame.members)
      more.set(id, { type: 'position', id, position: { x: x + right, y: y + down } });
  }
  return [...changes, ...more.values()];
}

/** Ends the drag and tells what moved along, with where it is now. */
export function endCarry(): CanvasNode[] {
  const ids = new Set([...carried.values()].flatMap(({ members }) => [...members.keys()]));
  carried.clear();
  return canvasStore.getState().nodes.filter(({ id }) => ids.has(id));
}
