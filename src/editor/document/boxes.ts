/** Where something lies on the canvas, in pixels of the graph. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function hull(boxes: Iterable<Box>): Box | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return left <= right ? { x: left, y: top, width: right - left, height: bottom - top } : undefined;
}

export const holds = (outer: Box, inner: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

/** The place nearest to `at` where a box of `size` keeps a gap to all others: places on rings of a grid around it are tried. */
export function openPlace(
  at: readonly [number, number],
  size: Pick<Box, 'width' | 'height'>,
  others: readonly Box[],
): [number, number] {
  const gap = 16;
  const step = 24;
  const isFree = (x: number, y: number) =>
    others.every(
      (box) =>
        x >= box.x + box.width + gap ||
        x + size.width + gap <= box.x ||
        y >= box.y + box.height + gap ||
        y + size.height + gap <= box.y,
    );
  for (let ring = 0; ring < 200; ring++) {
    let nearest: { readonly x: number; readonly y: number; readonly distance: number } | undefined;
    for (let i = -ring; i <= ring; i++)
      for (let j = -ring; j <= ring; j += Math.abs(i) === ring ? 1 : 2 * ring) {
        const [x, y, distance] = [at[0] + i * step, at[1] + j * step, Math.hypot(i, j)];
        if (distance < (nearest?.distance ?? Infinity) && isFree(x, y)) nearest = { x, y, distance };
      }
    if (nearest) return whole(nearest.x, nearest.y);
  }
  return whole(...at);
}

/** A point or a size in whole pixels, as documents keep them. Minus zero would not survive a file. */
export const whole = (x: number, y: number): [number, number] => [Math.round(x) + 0, Math.round(y) + 0];
