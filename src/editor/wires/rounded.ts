import type { Point } from '../document/nodes';

/** Of a corner; pixels. */
const radius = 12;

/** A way as an SVG path, with its corners rounded as far as the pieces beside them allow. */
export function rounded(points: readonly Point[]): string {
  let path = '';
  for (const [i, point] of points.entries()) {
    const [before, after] = [points[i - 1], points[i + 1]];
    if (!before || !after) {
      path += `${before ? 'L' : 'M'}${point[0]} ${point[1]}`;
      continue;
    }
    const lengths = [before, after].map((other) => Math.abs(other[0] - point[0]) + Math.abs(other[1] - point[1]));
    const turn = Math.min(radius, ...lengths.map((length) => length / 2));
    const toward = (other: Point, length = 0) =>
      [0, 1].map((axis) => (point[axis] ?? 0) + (((other[axis] ?? 0) - (point[axis] ?? 0)) * turn) / (length || 1));
    path += `L${toward(before, lengths[0]).join(' ')}Q${point[0]} ${point[1]} ${toward(after, lengths[1]).join(' ')}`;
  }
  return path;
}
