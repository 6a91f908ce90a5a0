import type { Guide } from '../state/guides';
import type { Box } from './boxes';

const axes = ['x', 'y'] as const;
const lengthOf = { x: 'width', y: 'height' } as const;

/** Where a box can be aligned on an axis: its edges and its middle. A point has only itself. */
const lines = (box: Box, axis: 'x' | 'y'): readonly number[] => {
  const [start, length] = [box[axis], box[lengthOf[axis]]];
  return length === 0 ? [start] : [start, start + length / 2, start + length];
};

export interface Snap {
  /** What to move the box by. */
  readonly by: { readonly x: number; readonly y: number };
  readonly guides: readonly Guide[];
}

/** Moves a box so that an edge or its middle is in line with that of another box, where one is within `reach`. */
export function snapTo(box: Box, others: readonly Box[], reach: number): Snap {
  const by = { x: 0, y: 0 };
  const found = { x: false, y: false };
  for (const axis of axes) {
    let nearest = reach;
    for (const other of others)
      for (const line of lines(other, axis))
        for (const own of lines(box, axis))
          if (Math.abs(line - own) < nearest) {
            nearest = Math.abs(line - own);
            by[axis] = line - own;
            found[axis] = true;
          }
  }
  const moved = { ...box, x: box.x + by.x, y: box.y + by.y };
  const guides: Guide[] = [];
  for (const axis of axes) {
    if (!found[axis]) continue;
    const across = axis === 'x' ? 'y' : 'x';
    for (const at of lines(moved, axis)) {
      const along = others.filter((other) => lines(other, axis).some((line) => Math.abs(line - at) < 0.5));
      if (along.length === 0) continue;
      const all = [moved, ...along];
      const from = Math.min(...all.map((one) => one[across]));
      guides.push({ axis, at, from, to: Math.max(...all.map((one) => one[across] + one[lengthOf[across]])) });
    }
  }
  return { by, guides };
}
