import { type Area, type Coverage, within } from './bitmap';

/** A place in pixels of the picture, with half of the width that the line has there. */
export interface Nib {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/**
 * Covers a straight piece of a line with round ends, as wide at each end as its nib. `hardness` 1 is sharp up to the edge
 * (antialiased over one pixel), 0 fades from the middle on. Pieces of one line take the larger coverage, so that where
 * they overlap nothing gets darker. Returns what may have changed.
 */
export function coverSegment(coverage: Coverage, from: Nib, to: Nib, hardness: number): Area {
  const reach = Math.max(from.radius, to.radius) + 1;
  const area = within(coverage, {
    left: Math.min(from.x, to.x) - reach,
    top: Math.min(from.y, to.y) - reach,
    right: Math.max(from.x, to.x) + reach,
    bottom: Math.max(from.y, to.y) + reach,
  });
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  for (let y = area.top; y < area.bottom; y++)
    for (let x = area.left; x < area.right; x++) {
      // Of the pixel's middle.
      const [px, py] = [x + 0.5 - from.x, y + 0.5 - from.y];
      const along = length === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length));
      const distance = Math.hypot(px - along * dx, py - along * dy);
      const radius = from.radius + along * (to.radius - from.radius);
      const fade = Math.max(1, radius * (1 - hardness));
      const covered = 255 * Math.min(1, (radius + 0.5 - distance) / fade);
      const at = y * coverage.width + x;
      if (covered > (coverage.data[at] as number)) coverage.data[at] = covered;
    }
  return area;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Covers a rectangle between two corners; a pixel is covered as far as it lies inside. */
export function coverRectangle(coverage: Coverage, a: Point, b: Point): Area {
  const box = {
    left: Math.min(a.x, b.x),
    top: Math.min(a.y, b.y),
    right: Math.max(a.x, b.x),
    bottom: Math.max(a.y, b.y),
  };
  const area = within(coverage, box);
  const overlap = (low: number, high: number, pixel: number) =>
    Math.max(0, Math.min(high, pixel + 1) - Math.max(low, pixel));
  for (let y = area.top; y < area.bottom; y++) {
    const down = overlap(box.top, box.bottom, y);
    for (let x = area.left; x < area.right; x++) {
      const at = y * coverage.width + x;
      coverage.data[at] = Math.max(coverage.data[at] as number, 255 * down * overlap(box.left, box.right, x));
    }
  }
  return area;
}

/** Covers an ellipse that fills the rectangle between two corners, antialiased by the distance to its edge. */
export function coverEllipse(coverage: Coverage, a: Point, b: Point): Area {
  const [rx, ry] = [Math.abs(b.x - a.x) / 2, Math.abs(b.y - a.y) / 2];
  const [cx, cy] = [(a.x + b.x) / 2, (a.y + b.y) / 2];
  const area = within(coverage, { left: cx - rx - 1, top: cy - ry - 1, right: cx + rx + 1, bottom: cy + ry + 1 });
  if (rx === 0 || ry === 0) return area;
  for (let y = area.top; y < area.bottom; y++)
    for (let x = area.left; x < area.right; x++) {
      const [u, v] = [(x + 0.5 - cx) / rx, (y + 0.5 - cy) / ry];
      const ring = Math.hypot(u, v);
      // How far outside, to first order: the value of the equation over the length of its gradient.
      const outside = ring === 0 ? -Math.min(rx, ry) : ((ring - 1) * ring) / Math.hypot(u / rx, v / ry);
      const at = y * coverage.width + x;
      const covered = 255 * Math.min(1, 0.5 - outside);
      if (covered > (coverage.data[at] as number)) coverage.data[at] = covered;
    }
  return area;
}
