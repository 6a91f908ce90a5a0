import type { Box } from '../document/boxes';
import type { Point } from '../document/nodes';
import type { Face, Faces } from './faces';
import { Heap } from './heap';

/**
 * A way for one wire around what lies between its sockets: straight pieces, across and down, that turn at right angles.
 *
 * Own, and not elkjs: that one is under the EPL or the GPL, which this project does not take in, and it routes only together
 * with its own layout, so that a graph that a person has laid out would have to be told to it as fixed layers. With fixed
 * nodes the task is small: the shortest way with few turns runs along lines beside the faces that are in the way (orthogonal
 * visibility, Wybrow, Marriott and Stuckey 2009), and A* finds it. Faces come in only when a way runs across them, so that a
 * wire of a large graph looks at the few that are near it.
 */

/** How far from a face a wire passes where there is room, and how near it may come; pixels. */
const beside = 10;
const touch = 1;

/** A turn costs as much as this many pixels; a piece within a zone that is not the wire's own costs twice its length. */
const turn = 40;
const foreign = 1;

/** More than this many places are not searched for one wire: pixels on the screen are not worth a second. */
const most = 60_000;

type Direction = 0 | 1 | 2 | 3;
/** Right, down, left, up. */
const steps = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;
const directions: readonly Direction[] = [0, 1, 2, 3];

export interface Ends {
  readonly from: Point;
  readonly to: Point;
  /** The nodes at the ends, which may be the same. */
  readonly own: readonly Face[];
}

interface Ground {
  readonly faces: readonly Face[];
  readonly foreign: readonly Box[];
}

const isWithin = (a: number, b: number, low: number, high: number) => Math.max(a, b) > low && Math.min(a, b) < high;

/** Whether a piece comes nearer to a rectangle than `grown`. */
const cuts = (a: Point, b: Point, { x, y, width, height }: Box, grown: number) =>
  isWithin(a[0], b[0], x - grown, x + width + grown) && isWithin(a[1], b[1], y - grown, y + height + grown);

/** How much of a piece lies within a rectangle. */
const shared = (a: Point, b: Point, { x, y, width, height }: Box) => {
  if (!cuts(a, b, { x, y, width, height }, 0)) return 0;
  const across = Math.min(Math.max(a[0], b[0]), x + width) - Math.max(Math.min(a[0], b[0]), x);
  const down = Math.min(Math.max(a[1], b[1]), y + height) - Math.max(Math.min(a[1], b[1]), y);
  return Math.max(across, down);
};

/** The lines that ways run along: beside each face, and in the middle of where two stand close. */
function linesOf({ faces, foreign }: Ground, axis: 0 | 1, ends: readonly number[]): Float64Array {
  const start = (box: Box) => (axis === 0 ? box.x : box.y);
  const end = (box: Box) => (axis === 0 ? box.x + box.width : box.y + box.height);
  const lines = new Set(ends);
  for (const box of [...faces, ...foreign]) lines.add(start(box) - beside).add(end(box) + beside);
  for (const a of faces)
    for (const b of faces) {
      const gap = start(b) - end(a);
      if (gap >= 2 * touch && gap < 2 * beside) lines.add(end(a) + gap / 2);
    }
  return Float64Array.from(lines).sort();
}

/** A* over places and the direction in which they are reached. */
function shortest(start: Point, goal: Point, ground: Ground): Point[] | undefined {
  const xs = linesOf(ground, 0, [start[0], goal[0]]);
  const ys = linesOf(ground, 1, [start[1], goal[1]]);
  const [columns, rows] = [xs.length, ys.length];
  if (columns * rows > most) return undefined;
  const goalPlace = xs.indexOf(goal[0]) + columns * ys.indexOf(goal[1]);
  const first = 4 * (xs.indexOf(start[0]) + columns * ys.indexOf(start[1]));
  const pointAt = (place: number): Point => [xs[place % columns] ?? 0, ys[Math.floor(place / columns)] ?? 0];
  const costs = new Float64Array(4 * columns * rows).fill(Infinity);
  const came = new Int32Array(4 * columns * rows).fill(-1);
  const open = new Heap();
  const reach = (state: number, cost: number, before: number, point: Point) => {
    if (cost >= (costs[state] ?? 0)) return;
    costs[state] = cost;
    came[state] = before;
    open.add(state, cost + Math.abs(goal[0] - point[0]) + Math.abs(goal[1] - point[1]));
  };
  reach(first, 0, -1, start);
  for (let state = open.take(); state !== undefined; state = open.take()) {
    const [place, direction] = [state >> 2, (state & 3) as Direction];
    if (place === goalPlace && direction === 0) {
      const way: Point[] = [];
      for (let i = state; i >= 0; i = came[i] ?? -1) way.push(pointAt(i >> 2));
      return way.reverse();
    }
    const cost = costs[state] ?? 0;
    const point = pointAt(place);
    if (place === goalPlace && direction !== 2) reach(4 * place, cost + turn, state, point);
    for (const next of directions) {
      if (next === (direction + 2) % 4) continue;
      const [right, down] = steps[next];
      const [column, row] = [(place % columns) + right, Math.floor(place / columns) + down];
      if (column < 0 || row < 0 || column >= columns || row >= rows) continue;
      const there: Point = [xs[column] ?? 0, ys[row] ?? 0];
      if (ground.faces.some((face) => cuts(point, there, face, touch))) continue;
      let length = Math.abs(there[0] - point[0]) + Math.abs(there[1] - point[1]);
      for (const zone of ground.foreign) length += foreign * shared(point, there, zone);
      reach(4 * (column + columns * row) + next, cost + length + (next === direction ? 0 : turn), state, there);
    }
  }
  return undefined;
}

/** Without the points at which a way does not turn. */
export function corners(way: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of way) {
    const [before, last] = [kept.at(-2), kept.at(-1)];
    if (last && last[0] === point[0] && last[1] === point[1]) continue;
    const isStraight = [0, 1].some((axis) => before?.[axis] === point[axis] && last?.[axis] === point[axis]);
    if (isStraight) kept.pop();
    kept.push(point);
  }
  return kept;
}

/** How far a wire runs straight on from a socket before it may turn: to the middle of the room that there is. */
function stub([x, y]: Point, side: 1 | -1, faces: Faces, own: readonly Face[]): number {
  const [left, right] = side > 0 ? [x, x + 2 * beside] : [x - 2 * beside, x];
  let room = 2 * beside;
  for (const face of faces.over(left, y - touch, right, y + touch))
    if (!own.includes(face)) room = Math.min(room, side > 0 ? face.x - x : x - face.x - face.width);
  return room / 2;
}

export interface Way {
  readonly points: readonly Point[];
  /** The faces and zones that it keeps off: as long as they stay, and nothing comes into the way, it stays as it is. */
  readonly around: readonly Face[];
  /** Where it was looked for. */
  readonly tried: readonly Point[];
}

/**
 * The way of a wire, from the point where it leaves its socket to the right to that where it comes to the other from the left.
 * Undefined where there is none: a socket is built up, or lies under another node.
 */
export function wayAround(
  { from, to, own }: Ends,
  crossed: readonly Face[],
  faces: Faces,
  foreignZones: readonly Face[],
): Way | undefined {
  const [out, into] = [stub(from, 1, faces, own), stub(to, -1, faces, own)];
  if (out < touch || into < touch) return undefined;
  const start: Point = [from[0] + out, from[1]];
  const goal: Point = [to[0] - into, to[1]];
  const known = new Set([...own, ...crossed]);
  const zones = new Set<Face>();
  const tried: Point[] = [];
  for (;;) {
    const way = shortest(start, goal, { faces: [...known], foreign: [...zones] });
    if (!way) return undefined;
    const before = known.size + zones.size;
    tried.push(...way);
    for (const [i, point] of way.entries()) {
      const next = way[i + 1];
      if (!next) break;
      for (const face of faces.over(
        Math.min(point[0], next[0]) - touch,
        Math.min(point[1], next[1]) - touch,
        Math.max(point[0], next[0]) + touch,
        Math.max(point[1], next[1]) + touch,
      ))
        known.add(face);
      for (const zone of foreignZones) if (shared(point, next, zone) > 0) zones.add(zone);
    }
    if (known.size + zones.size === before)
      return { points: corners([from, ...way, to]), around: [...known, ...zones], tried };
  }
}
