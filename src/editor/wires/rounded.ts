import type { Point } from '../document/nodes';
import type { Faces } from './faces';

/** Of a corner; pixels. */
const radius = 12;

/**
 * How round a corner of a way may be, so that it does not cut the face that it goes around. The rounding is a parabola, of which
 * the distances from the two legs are u = r (1 - t)² and v = r t², so that √u + √v = √r.
 */
function roomAt([x, y]: Point, before: Point, after: Point, faces: Faces): number {
  const other: Point = [before[0] === x ? after[0] : before[0], before[1] === y ? after[1] : before[1]];
  const [right, down] = [Math.sign(other[0] - x), Math.sign(other[1] - y)];
  const near = faces.over(
    Math.min(x, x + right * radius),
    Math.min(y, y + down * radius),
    Math.max(x, x + right * radius),
    Math.max(y, y + down * radius),
  );
  const rooms = near.map((face) => {
    const across = right > 0 ? face.x - x : x - face.x - face.width;
    const along = down > 0 ? face.y - y : y - face.y - face.height;
    return (Math.sqrt(Math.max(0, across)) + Math.sqrt(Math.max(0, along))) ** 2;
  });
  return Math.min(radius, ...rooms);
}

const lengthOf = (a: Point, b: Point) => Math.abs(b[0] - a[0]) + Math.abs(b[1] - a[1]);
const text = (value: number) => Math.round(value * 100) / 100;

/** A way as an SVG path, with its corners rounded as far as the pieces beside them and the faces in them allow. */
export function rounded(points: readonly Point[], faces: Faces): string {
  let path = '';
  for (const [i, point] of points.entries()) {
    const [before, after] = [points[i - 1], points[i + 1]];
    if (!before || !after) {
      path += `${before ? 'L' : 'M'}${point[0]} ${point[1]}`;
      continue;
    }
    const turn = Math.min(roomAt(point, before, after, faces), lengthOf(before, point) / 2, lengthOf(point, after) / 2);
    const toward = (other: Point) => {
      const part = turn / (lengthOf(point, other) || 1);
      return `${text(point[0] + (other[0] - point[0]) * part)} ${text(point[1] + (other[1] - point[1]) * part)}`;
    };
    path += `L${toward(before)}Q${text(point[0])} ${text(point[1])} ${toward(after)}`;
  }
  return path;
}
