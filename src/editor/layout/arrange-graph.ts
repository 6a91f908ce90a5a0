import type { Graph, Registry } from '../../core/graph';
import { type Box, hull, openPlace } from '../document/boxes';
import type { Point } from '../document/nodes';
import type { Side } from '../state/wire-in-hand';
import { type Block, type Boxes, blocksOf, frameContents, wholeFrames } from './blocks';
import { type Item, type Link, layered } from './layered';

/** Where a socket is below the top of its node, in pixels. */
export type SocketY = (node: string, port: string, side: Side) => number;

export interface Arranged {
  readonly at: ReadonlyMap<string, Point>;
  /** Of frames, which follow what is in them. */
  readonly sizes: ReadonlyMap<string, Point>;
}

/** What was placed, from its own upper left corner. */
interface Placed {
  readonly width: number;
  readonly height: number;
  readonly at: ReadonlyMap<string, Point>;
  readonly sizes: ReadonlyMap<string, Point>;
  /** Where it was. */
  readonly before: Box;
}

interface Around {
  readonly side: number;
  readonly head: number;
}

/** Room within the edges of a block: as much as wrapping in a frame leaves, and what the tint of a zone takes; pixels. */
const room: Readonly<Record<Block['kind'], Around>> = {
  frame: { side: 20, head: 28 },
  zone: { side: 16, head: 20 },
  rigid: { side: 0, head: 0 },
  all: { side: 0, head: 0 },
};

/** A note this near belongs to its node, in pixels; one farther off, or wider, only keeps its distance. */
const near = 60;
/** Between parts of the graph that no wire joins. */
const apart = 48;
const grid = 4;
const snap = (value: number) => Math.round(value / grid) * grid;

const gap = (a: Box, b: Box): number =>
  Math.hypot(
    Math.max(0, a.x - b.x - b.width, b.x - a.x - a.width),
    Math.max(0, a.y - b.y - b.height, b.y - a.y - a.height),
  );

const nearest = (box: Box, others: Iterable<readonly [string, Box]>) =>
  [...others].map(([id, other]) => ({ id, gap: gap(box, other) })).sort((a, b) => a.gap - b.gap)[0];

/** Parts that stay as they are to each other. */
function asIs(ids: readonly string[], boxes: Boxes): Placed {
  const before = hull(ids.flatMap((id) => boxes.get(id) ?? [])) ?? { x: 0, y: 0, width: 0, height: 0 };
  const at = new Map(
    ids.flatMap((id): [string, Point][] => {
      const box = boxes.get(id);
      return box ? [[id, [box.x - before.x, box.y - before.y]]] : [];
    }),
  );
  return { width: before.width, height: before.height, at, sizes: new Map(), before };
}

/** Sets of items that wires join. */
function componentsOf(items: readonly Item[], links: readonly Link[]): Item[][] {
  const leader = new Map(items.map(({ id }) => [id, id]));
  const find = (id: string): string => {
    let root = id;
    for (let up = leader.get(root); up !== undefined && up !== root; up = leader.get(root)) root = up;
    leader.set(id, root);
    return root;
  };
  for (const { from, to } of links) leader.set(find(from), find(to));
  const components = new Map<string, Item[]>();
  for (const item of items) components.set(find(item.id), [...(components.get(find(item.id)) ?? []), item]);
  return [...components.values()];
}

/** Places items: what is wired in layers, one such group below the other, and what is not in rows below. */
function placeItems(items: readonly Item[], links: readonly Link[]): Map<string, Point> {
  const components = componentsOf(items, links);
  const top = (component: readonly Item[]) => Math.min(...component.map(({ y }) => y));
  const places = new Map<string, Point>();
  let [y, widest] = [0, 0];
  const wired = components.filter(({ length }) => length > 1).sort((a, b) => top(a) - top(b));
  for (const component of wired) {
    const ids = new Set(component.map(({ id }) => id));
    const placed = layered(
      component,
      links.filter(({ from }) => ids.has(from)),
    );
    const box = hull(
      component.map(({ id, width, height }) => {
        const [left, upper] = placed.get(id) ?? [0, 0];
        return { x: left, y: upper, width, height };
      }),
    );
    if (!box) continue;
    for (const [id, [left, upper]] of placed) places.set(id, [snap(left - box.x), snap(upper - box.y + y)]);
    y += Math.ceil(box.height / grid) * grid + apart;
    widest = Math.max(widest, box.width);
  }
  const across = Math.max(widest, 900);
  let [x, row] = [0, 0];
  for (const [single] of components.filter(({ length }) => length === 1).sort((a, b) => top(a) - top(b))) {
    if (!single) continue;
    if (x > 0 && x + single.width > across) {
      y += snap(row + apart / 2);
      [x, row] = [0, 0];
    }
    places.set(single.id, [x, y]);
    x += Math.ceil(single.width / grid) * grid + apart / 2;
    row = Math.max(row, single.height);
  }
  return places;
}

interface Ground {
  readonly graph: Graph;
  readonly boxes: Boxes;
  readonly socketY: SocketY;
  /** Notes by the node that they belong to. */
  readonly notesOf: ReadonlyMap<string, readonly string[]>;
}

function placeBlock(block: Block, ground: Ground): Placed {
  const { graph, boxes, socketY, notesOf } = ground;
  const { side, head } = room[block.kind];
  if (block.kind === 'rigid') return asIs([...block.members], boxes);
  const attached = new Set([...notesOf.values()].flat());
  const parts = new Map<string, Placed>();
  for (const inner of block.blocks) parts.set(inner.id, placeBlock(inner, ground));
  for (const id of block.own) if (!attached.has(id)) parts.set(id, asIs([id, ...(notesOf.get(id) ?? [])], boxes));

  const home = new Map([...parts].flatMap(([id, part]) => [...part.at.keys()].map((member) => [member, id] as const)));
  const links = graph.document.wires.flatMap(({ from, to }): Link[] => {
    const [source, target] = [home.get(from[0]), home.get(to[0])];
    if (source === undefined || target === undefined || source === target) return [];
    const y = (part: string, id: string) => parts.get(part)?.at.get(id)?.[1] ?? 0;
    const fromY = y(source, from[0]) + socketY(from[0], from[1], 'source');
    return [{ from: source, to: target, fromY, toY: y(target, to[0]) + socketY(to[0], to[1], 'target') }];
  });
  const items = [...parts].map(([id, { width, height, before }]): Item => ({ id, width, height, y: before.y }));
  const places = placeItems(items, links);

  const at = new Map<string, Point>();
  const sizes = new Map([...parts.values()].flatMap((part) => [...part.sizes]));
  for (const [id, part] of parts) {
    const [left, top] = places.get(id) ?? [0, 0];
    for (const [member, [x, y]] of part.at) at.set(member, [left + x + side, top + y + side + head]);
  }
  const frame = block.kind === 'frame' ? boxes.get(block.id) : undefined;
  const inside = hull(
    items.map(({ id, width, height }) => ({ x: places.get(id)?.[0] ?? 0, y: places.get(id)?.[1] ?? 0, width, height })),
  );
  const before = frame ?? hull([...parts.values()].map((part) => part.before)) ?? { x: 0, y: 0, width: 0, height: 0 };
  // An empty frame stays as large as it is.
  if (!inside) return { ...asIs(frame ? [block.id] : [], boxes), before };
  const width = Math.ceil(inside.width + 2 * side);
  const height = Math.ceil(inside.height + 2 * side + head);
  if (frame) {
    at.set(block.id, [0, 0]);
    sizes.set(block.id, [width, height]);
  }
  return { width, height, at, sizes, before };
}

/** The notes that move with a node: the nearest one, in the same frame, if it is near or if the frame has to hold both. */
function notesByNode(
  graph: Graph,
  boxes: Boxes,
  contents: ReadonlyMap<string, ReadonlySet<string>>,
  scope: ReadonlySet<string>,
) {
  const framesOf = (id: string) =>
    [...contents].flatMap(([frame, inside]) => (inside.has(id) ? [frame] : [])).join(' ');
  const nodes = [...boxes].filter(([id]) => graph.nodes.has(id) && scope.has(id));
  const notes = (graph.document.notes ?? []).filter(({ id }) => scope.has(id));
  const notesOf = new Map<string, string[]>();
  const loose = new Map<string, string>();
  for (const { id } of notes) {
    const box = boxes.get(id);
    const frames = framesOf(id);
    const found = box && nearest(box, frames ? nodes.filter(([node]) => framesOf(node) === frames) : nodes);
    if (!box || !found) continue;
    // One that sticks out to a side would push the nodes there away.
    const node = boxes.get(found.id) ?? box;
    const fits = box.x >= node.x - near && box.x + box.width <= node.x + node.width + near;
    const together = frames !== '' || (fits && found.gap <= near && framesOf(found.id) === '');
    if (together) notesOf.set(found.id, [...(notesOf.get(found.id) ?? []), id]);
    else loose.set(id, found.id);
  }
  return { notesOf, loose };
}

const zonesIn = ({ kind, blocks, ...block }: Block): Block[] => [
  ...(kind === 'zone' ? [{ kind, blocks, ...block }] : []),
  ...blocks.flatMap(zonesIn),
];

const tintOf = ({ x, y, width, height }: Box): Box => {
  const { side, head } = room.zone;
  return { x: x - side, y: y - side - head, width: width + 2 * side, height: height + 2 * side + head };
};

/**
 * Places parts of a graph from left to right along the wires, without overlaps and with few crossings. A frame keeps what is in it
 * and a zone stays together; `chosen` are the ids to be placed, to which comes all else in a frame that holds one of them.
 */
export function arrangeGraph(
  graph: Graph,
  registry: Registry,
  boxes: Boxes,
  socketY: SocketY,
  chosen: Iterable<string> = boxes.keys(),
): Arranged {
  const contents = frameContents(graph.document, boxes);
  const scope = new Set([...wholeFrames(chosen, contents)].filter((id) => boxes.has(id)));
  const { notesOf, loose } = notesByNode(graph, boxes, contents, scope);
  const placedNow = new Set([...scope].filter((id) => !loose.has(id)));
  const root = blocksOf(graph, registry, contents, placedNow);
  const placed = placeBlock(root, { graph, boxes, socketY, notesOf });

  const before = hull([...placedNow].flatMap((id) => boxes.get(id) ?? []));
  if (!before) return { at: new Map(), sizes: new Map() };
  const others = [...boxes].flatMap(([id, box]) => (scope.has(id) ? [] : [box]));
  const [x, y] = openPlace([before.x, before.y], placed, others);
  const at = new Map<string, Point>([...placed.at].map(([id, [left, top]]) => [id, [x + left, y + top]]));

  const boxNow = (id: string): Box[] => {
    const [box, place, size] = [boxes.get(id), at.get(id), placed.sizes.get(id)];
    return box && place
      ? [{ x: place[0], y: place[1], width: size?.[0] ?? box.width, height: size?.[1] ?? box.height }]
      : [];
  };
  const tints = zonesIn(root).flatMap(({ members }) => {
    const [old, now] = [hull([...members].flatMap((id) => boxes.get(id) ?? [])), hull([...members].flatMap(boxNow))];
    return old && now ? [{ old: tintOf(old), now: tintOf(now) }] : [];
  });
  for (const [id, node] of loose) {
    const [box, from, now] = [boxes.get(id), boxes.get(node), at.get(node)];
    if (!box || !from || !now) continue;
    const free = tints.flatMap((tint) => (gap(tint.old, box) > 0 ? [tint.now] : []));
    const taken = [...others, ...free, ...[...at.keys()].flatMap(boxNow)];
    at.set(id, openPlace([now[0] + box.x - from.x, now[1] + box.y - from.y], box, taken));
  }
  return { at, sizes: placed.sizes };
}
