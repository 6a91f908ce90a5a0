import { type Box, hull } from './boxes';
import type { Point } from './nodes';

export type Boxes = ReadonlyMap<string, Box>;
type Positions = Map<string, Point>;

/** Where a box goes inside of the hull of all: 0 at its start, 0.5 in the middle, 1 at its end. */
export function align(boxes: Boxes, axis: 'x' | 'y', share: 0 | 0.5 | 1): Positions {
  const all = hull(boxes.values());
  const positions: Positions = new Map();
  if (!all) return positions;
  for (const [id, { x, y, width, height }] of boxes)
    positions.set(
      id,
      axis === 'x' ? [all.x + (all.width - width) * share, y] : [x, all.y + (all.height - height) * share],
    );
  return positions;
}

/** The same gap between neighbours; the outermost two stay where they are. */
export function distribute(boxes: Boxes, axis: 'x' | 'y'): Positions {
  const length = axis === 'x' ? 'width' : 'height';
  const row = [...boxes].sort(([, a], [, b]) => a[axis] - b[axis] || a[length] - b[length]);
  const [first, last] = [row[0]?.[1], row.at(-1)?.[1]];
  const positions: Positions = new Map();
  if (!first || !last) return positions;
  const room = last[axis] + last[length] - first[axis];
  const gap = (room - row.reduce((sum, [, box]) => sum + box[length], 0)) / (row.length - 1);
  let next = first[axis];
  for (const [id, box] of row) {
    positions.set(id, axis === 'x' ? [next, box.y] : [box.x, next]);
    next += box[length] + gap;
  }
  return positions;
}
