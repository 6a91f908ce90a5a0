import type { NodeChange } from '@xyflow/react';
import { type Box, holds, hull } from '../document/boxes';
import type { Point } from '../document/nodes';
import { reroutesOf } from '../document/reroutes';
import { snapTo } from '../document/snap';
import { boxOf, type CanvasNode, canvasStore, rerouteRadius } from '../state/canvas-store';
import { currentDocument } from '../state/document-store';
import { showGuides } from '../state/guides';
import { currentFlow } from './view';

interface Carried {
  readonly from: Point;
  /** Where what moves along was, by id. */
  readonly members: ReadonlyMap<string, Point>;
}

/** What is dragged and takes other things along: frames what lies in them, nodes the points of the wires between them. */
const carried = new Map<string, Carried>();
/** What a drag can be aligned with; undefined while there is none. */
let others: readonly Box[] | undefined;

/** A reroute is aligned by its point. */
const snapBox = (node: CanvasNode): Box => {
  const box = boxOf(node);
  return node.type === 'reroute' ? { x: box.x + rerouteRadius, y: box.y + rerouteRadius, width: 0, height: 0 } : box;
};

const positions = (nodes: readonly CanvasNode[]) =>
  new Map(nodes.map(({ id, position: { x, y } }) => [id, [x, y] as const]));

/** What is on the screen, and a little more. */
function visible(): (box: Box) => boolean {
  const room = document.querySelector('.react-flow')?.getBoundingClientRect();
  const flow = currentFlow();
  if (!room || !flow) return () => true;
  const start = flow.screenToFlowPosition({ x: room.left, y: room.top }, { snapToGrid: false });
  const end = flow.screenToFlowPosition({ x: room.right, y: room.bottom }, { snapToGrid: false });
  return ({ x, y, width, height }) => x + width > start.x && x < end.x && y + height > start.y && y < end.y;
}

/** To be called when a drag of `dragged` begins: looks what moves along, and what there is to align with. */
export function beginCarry(dragged: readonly CanvasNode[]) {
  carried.clear();
  const { nodes } = canvasStore.getState();
  const ids = new Set(dragged.map(({ id }) => id));
  const inFrames = new Set<string>();
  for (const { id, type } of dragged) {
    const frame = type === 'frame' && nodes.find((node) => node.id === id);
    if (!frame) continue;
    const members = nodes.filter((node) => !ids.has(node.id) && holds(boxOf(frame), boxOf(node)));
    for (const member of members) inFrames.add(member.id);
    carried.set(id, { from: [frame.position.x, frame.position.y], members: positions(members) });
  }
  const moves = (id: string) => ids.has(id) || inFrames.has(id);
  const reroutes = reroutesOf(currentDocument());
  const between = nodes.filter(({ id }) => {
    const reroute = moves(id) ? undefined : reroutes.get(id);
    return reroute && moves(reroute.from[0]) && reroute.to.every(([to]) => moves(to));
  });
  const leader = dragged.find(({ id }) => !carried.has(id));
  const start = leader && nodes.find(({ id }) => id === leader.id)?.position;
  if (leader && start && between.length)
    carried.set(leader.id, { from: [start.x, start.y], members: positions(between) });
  const along = new Set(between.map(({ id }) => id));
  const onScreen = visible();
  others = nodes
    .filter(({ id }) => !moves(id) && !along.has(id))
    .map(snapBox)
    .filter(onScreen);
}

type Moves = readonly NodeChange<CanvasNode>[];

/** In pixels of the screen: how near an edge or a middle must be to that of another node. */
const reach = 6;

/** Brings what is dragged in line with what lies near, and shows with what. */
function snapped(changes: Moves, others: readonly Box[], free: boolean): Moves {
  const known = new Map(canvasStore.getState().nodes.map((node) => [node.id, node]));
  const boxes: Box[] = [];
  let dragging = false;
  for (const change of changes) {
    const node = change.type === 'position' && change.position && known.get(change.id);
    if (!node || change.type !== 'position' || !change.position) continue;
    boxes.push(snapBox({ ...node, position: change.position }));
    dragging ||= change.dragging ?? false;
  }
  const box = hull(boxes);
  if (!box || free) {
    showGuides([]);
    return changes;
  }
  const { by, guides } = snapTo(box, others, reach / (currentFlow()?.getZoom() ?? 1));
  showGuides(dragging ? guides : []);
  if (by.x === 0 && by.y === 0) return changes;
  return changes.map((change) =>
    change.type === 'position' && change.position
      ? { ...change, position: { x: change.position.x + by.x, y: change.position.y + by.y } }
      : change,
  );
}

/** The moves of a drag as they are to be: in line with what lies near, and with what moves along. `free` turns the first off. */
export function moved(changes: NodeChange<CanvasNode>[], free: boolean): NodeChange<CanvasNode>[] {
  if (!others || !changes.some(({ type }) => type === 'position')) return changes;
  const now = snapped(changes, others, free);
  const more = new Map<string, NodeChange<CanvasNode>>();
  for (const change of now) {
    const leader = change.type === 'position' && change.position && carried.get(change.id);
    if (!leader || !change.position) continue;
    const [right, down] = [change.position.x - leader.from[0], change.position.y - leader.from[1]];
    for (const [id, [x, y]] of leader.members)
      more.set(id, { type: 'position', id, position: { x: x + right, y: y + down } });
  }
  return [...now, ...more.values()];
}

/** Ends the drag and tells what moved along, with where it is now. */
export function endCarry(): string[] {
  const ids = [...carried.values()].flatMap(({ members }) => [...members.keys()]);
  carried.clear();
  others = undefined;
  return ids;
}
