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
const detour = 1;

/** More than this many places are not searched for one wire: pixels on the screen are not worth a second. */
const most = 60_000;

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

/** How much of a piece that runs across or down lies within a rectangle. */
function shared(ax: number, ay: number, bx: number, by: number, { x, y, width, height }: Box): number {
  const [left, right] = [Math.max(Math.min(ax, bx), x), Math.min(Math.max(ax, bx), x + width)];
  const [top, bottom] = [Math.max(Math.min(ay, by), y), Math.min(Math.max(ay, by), y + height)];
  const isInside = ax === bx ? ax > x && ax < x + width : ay > y && ay < y + height;
  return isInside ? Math.max(0, right - left, bottom - top) * Number(right >= left && bottom >= top) : 0;
}

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

/** How many of the places between two lines a span covers: from the first line behind its start to the last before its end. */
function covered(lines: Float64Array, start: number, end: number): readonly [number, number] {
  let first = 0;
  while (first < lines.length && (lines[first] ?? 0) <= start) first++;
  let last = lines.length - 1;
  while (last >= 0 && (lines[last] ?? 0) >= end) last--;
  return [first, last];
}

/** Bits of a place: the piece to the right of it, or the one below it, is not free. */
const [rightOf, below] = [1, 2];

/** Kept from one search to the next, since one wire after the other is looked for. */
let costs = new Float64Array(0);
let came = new Int32Array(0);
let done = new Uint8Array(0);
let blocked = new Uint8Array(0);

function makeRoom(states: number) {
  if (states > costs.length) {
    costs = new Float64Array(2 * states);
    came = new Int32Array(2 * states);
    done = new Uint8Array(2 * states);
    blocked = new Uint8Array(states);
  }
  costs.fill(Infinity, 0, states);
  done.fill(0, 0, states);
}

/** What is not free, place by place. */
function markBlocked(faces: readonly Face[], xs: Float64Array, ys: Float64Array): void {
  blocked.fill(0, 0, xs.length * ys.length);
  const mark = (column: number, row: number, bit: number) => {
    if (column < 0 || row < 0) return;
    const place = column + xs.length * row;
    blocked[place] = (blocked[place] ?? 0) | bit;
  };
  for (const { x, y, width, height } of faces) {
    const [left, right] = covered(xs, x - touch, x + width + touch);
    const [top, bottom] = covered(ys, y - touch, y + height + touch);
    // A span that lies between two lines covers the piece between them, and no line.
    for (let row = top; row <= bottom; row++)
      for (let column = left - 1; column <= right; column++) mark(column, row, rightOf);
    for (let column = left; column <= right; column++)
      for (let row = top - 1; row <= bottom; row++) mark(column, row, below);
  }
}

/** A* over places and the direction in which they are reached. */
function shortest(start: Point, goal: Point, { faces, foreign }: Ground): Point[] | undefined {
  const xs = linesOf({ faces, foreign }, 0, [start[0], goal[0]]);
  const ys = linesOf({ faces, foreign }, 1, [start[1], goal[1]]);
  const [columns, rows] = [xs.length, ys.length];
  const states = 4 * columns * rows;
  if (states > 4 * most) return undefined;
  makeRoom(states);
  markBlocked(faces, xs, ys);
  const goalPlace = xs.indexOf(goal[0]) + columns * ys.indexOf(goal[1]);
  const open = new Heap();
  const reach = (state: number, cost: number, before: number, x: number, y: number) => {
    if (cost >= (costs[state] ?? 0)) return;
    costs[state] = cost;
    came[state] = before;
    open.add(state, cost + Math.abs(goal[0] - x) + Math.abs(goal[1] - y));
  };
  reach(4 * (xs.indexOf(start[0]) + columns * ys.indexOf(start[1])), 0, -1, start[0], start[1]);
  for (let state = open.take(); state !== undefined; state = open.take()) {
    if (done[state]) continue;
    done[state] = 1;
    const place = state >> 2;
    const direction = state & 3;
    const [column, row] = [place % columns, Math.floor(place / columns)];
    if (place === goalPlace && direction === 0) {
      const way: Point[] = [];
      for (let i = state; i >= 0; i = came[i] ?? -1)
        way.push([xs[(i >> 2) % columns] ?? 0, ys[Math.floor((i >> 2) / columns)] ?? 0]);
      return way.reverse();
    }
    const cost = costs[state] ?? 0;
    const [x, y] = [xs[column] ?? 0, ys[row] ?? 0];
    if (place === goalPlace && direction !== 2) reach(4 * place, cost + turn, state, x, y);
    for (let next = 0; next < 4; next++) {
      // Not back; otherwise right, down, left and up.
      if (next === ((direction + 2) & 3)) continue;
      const [toColumn, toRow] = [
        column + (next === 0 ? 1 : next === 2 ? -1 : 0),
        row + (next === 1 ? 1 : next === 3 ? -1 : 0),
      ];
      if (toColumn < 0 || toRow < 0 || toColumn >= columns || toRow >= rows) continue;
      const there = toColumn + columns * toRow;
      if ((blocked[Math.min(place, there)] ?? 0) & (next % 2 ? below : rightOf)) continue;
      const [toX, toY] = [xs[toColumn] ?? 0, ys[toRow] ?? 0];
      let length = Math.abs(toX - x) + Math.abs(toY - y);
      for (const zone of foreign) length += detour * shared(x, y, toX, toY, zone);
      reach(4 * there + next, cost + length + (next === direction ? 0 : turn), state, toX, toY);
    }
  }
  return undefined;
}

/** Without the points at which a way does not turn. */
function corners(way: readonly Point[]): Point[] {
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
  zonesOver: Faces['over'],
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
      const [left, right] = point[0] < next[0] ? [point[0], next[0]] : [next[0], point[0]];
      const [top, bottom] = point[1] < next[1] ? [point[1], next[1]] : [next[1], point[1]];
      for (const face of faces.over(left - touch, top - touch, right + touch, bottom + touch)) known.add(face);
      for (const zone of zonesOver(left, top, right, bottom)) zones.add(zone);
    }
    if (known.size + zones.size === before)
      return { points: corners([from, ...way, to]), around: [...known, ...zones], tried };
  }
}
