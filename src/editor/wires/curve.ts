import type { Point } from '../document/nodes';
import type { Face, Faces } from './faces';

/** A cubic Bezier: where it begins, its two handles, where it ends. */
export type Curve = readonly [Point, Point, Point, Point];

/** Straight pieces that a curve is taken for where it is asked what it crosses, and the points between them. */
const pieces = 20;
const points = new Float64Array(2 * (pieces + 1));

/** Between a curve and a face, so that it does not touch it; pixels. */
const clear = 3;
/** A wire begins on the edge of one of its own nodes and ends on that of the other: only what lies well inside counts. */
const well = -8;

/**
 * How far the handles of other curves from socket to socket reach, as parts of the way. They turn earlier or later than the
 * usual one, and one of them often passes a corner that it cuts. All run from left to right and look like any other wire.
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

function flatten([a, b, c, d]: Curve) {
  for (let i = 0; i <= pieces; i++) {
    const t = i / pieces;
    const s = 1 - t;
    const [first, second, third, fourth] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
    points[2 * i] = first * a[0] + second * b[0] + third * c[0] + fourth * d[0];
    points[2 * i + 1] = first * a[1] + second * b[1] + third * c[1] + fourth * d[1];
  }
}

/** Whether one of the straight pieces has a part within a rectangle (Liang and Barsky 1984). */
function isCrossed(left: number, top: number, right: number, bottom: number): boolean {
  for (let i = 0; i < 2 * pieces; i += 2) {
    const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0];
    const [across, down] = [(points[i + 2] ?? 0) - x, (points[i + 3] ?? 0) - y];
    if (across === 0 && (x <= left || x >= right)) continue;
    if (down === 0 && (y <= top || y >= bottom)) continue;
    let [start, end] = [0, 1];
    if (across !== 0) {
      const [one, other] = [(left - x) / across, (right - x) / across];
      start = Math.max(start, Math.min(one, other));
      end = Math.min(end, Math.max(one, other));
    }
    if (down !== 0) {
      const [one, other] = [(top - y) / down, (bottom - y) / down];
      start = Math.max(start, Math.min(one, other));
      end = Math.min(end, Math.max(one, other));
    }
    if (start < end) return true;
  }
  return false;
}

/** The faces that a curve runs across. `source` and `target` are its own nodes. */
export function crossedBy(curve: Curve, faces: Faces, source: string, target: string): Face[] {
  const [a, b, c, d] = curve;
  const [left, right] = [Math.min(a[0], b[0], c[0], d[0]), Math.max(a[0], b[0], c[0], d[0])];
  const [top, bottom] = [Math.min(a[1], d[1]), Math.max(a[1], d[1])];
  let isFlat = false;
  const crossed: Face[] = [];
  for (const face of faces.over(left - clear, top - clear, right + clear, bottom + clear)) {
    const room = face.id === source || face.id === target ? well : clear;
    const [x, y] = [face.x - room, face.y - room];
    const [end, foot] = [face.x + face.width + room, face.y + face.height + room];
    if (x >= right || end <= left || y >= bottom || foot <= top) continue;
    if (!isFlat) flatten(curve);
    isFlat = true;
    if (isCrossed(x, y, end, foot)) crossed.push(face);
  }
  return crossed;
}
