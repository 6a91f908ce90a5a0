import type { Point } from '../document/nodes';
import type { Face, Faces } from './faces';

/** A cubic Bezier: where it begins, its two handles, where it ends. */
export type Curve = readonly [Point, Point, Point, Point];

/** Pieces that a curve is taken for where it is asked what it crosses. */
const pieces = 20;

/** Between a curve and a face, so that it does not touch it; pixels. */
const clear = 3;

/**
 * Curves from socket to socket, the usual one first. The others turn earlier or later, and one of them often passes a corner
 * that the usual one cuts. All run from left to right, so that they look like any other wire.
 */
const bows: readonly (readonly [number, number])[] = [
  [0.3, 0.3],
  [0.75, 0.75],
  [0.25, 0.8],
  [0.8, 0.25],
];

/** Less room to turn than this makes a curve look broken; pixels. */
const least = 48;

export function otherCurves(from: Point, to: Point): Curve[] {
  const ahead = to[0] - from[0];
  if (ahead < least) return [];
  return bows.map(([out, into]) => [from, [from[0] + out * ahead, from[1]], [to[0] - into * ahead, to[1]], to]);
}

const at = (a: number, b: number, c: number, d: number, t: number) => {
  const s = 1 - t;
  return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
};

/** Whether a straight piece has a part within a rectangle (Liang and Barsky 1984). */
function meets(ax: number, ay: number, bx: number, by: number, { x, y, width, height }: Face, grown: number): boolean {
  let [start, end] = [0, 1];
  const sides = [
    [ax - bx, ax - (x - grown)],
    [bx - ax, x + width + grown - ax],
    [ay - by, ay - (y - grown)],
    [by - ay, y + height + grown - ay],
  ] as const;
  for (const [pace, room] of sides) {
    if (pace === 0) {
      if (room <= 0) return false;
    } else if (pace < 0) start = Math.max(start, room / pace);
    else end = Math.min(end, room / pace);
    if (start >= end) return false;
  }
  return true;
}

/**
 * The faces that a curve runs across. Of its own two nodes only what lies well inside counts: it begins on the edge of one
 * and ends on that of the other.
 */
export function crossedBy([a, b, c, d]: Curve, faces: Faces, isOwn: (face: Face) => boolean): Face[] {
  const xs = [a[0], b[0], c[0], d[0]];
  const ys = [a[1], b[1], c[1], d[1]];
  const near = faces.over(
    Math.min(...xs) - clear,
    Math.min(...ys) - clear,
    Math.max(...xs) + clear,
    Math.max(...ys) + clear,
  );
  if (near.length === 0) return near;
  const points = Array.from({ length: pieces + 1 }, (_, i): Point => {
    const t = i / pieces;
    return [at(a[0], b[0], c[0], d[0], t), at(a[1], b[1], c[1], d[1], t)];
  });
  return near.filter((face) => {
    const grown = isOwn(face) ? -8 : clear;
    return points.some((point, i) => {
      const next = points[i + 1];
      return next !== undefined && meets(point[0], point[1], next[0], next[1], face, grown);
    });
  });
}
