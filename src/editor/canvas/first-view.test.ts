import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Box } from '../document/boxes';
import { firstView, type Room, wholeView } from './first-view';

const overview = { x: 832, y: 640, width: 156, height: 98 };
const room: Room = { width: 1000, height: 750, covers: [overview] };
const drawn = (box: Box, { x, y, zoom }: { x: number; y: number; zoom: number }): Box => ({
  x: x + box.x * zoom,
  y: y + box.y * zoom,
  width: box.width * zoom,
  height: box.height * zoom,
});
const inside = ({ x, y, width, height }: Box): boolean =>
  x >= 0 && y >= 0 && x + width <= room.width && y + height <= room.height;
const covered = (box: Box): boolean =>
  box.x + box.width > overview.x &&
  box.x < overview.x + overview.width &&
  box.y + box.height > overview.y &&
  box.y < overview.y + overview.height;

/** Nodes in a row, each 140 wide. */
const row = (count: number, height = 300): Box[] =>
  Array.from({ length: count }, (_, i) => ({ x: 500 + i * 200, y: -80, width: 140, height }));

test('a graph that can be read as a whole is seen whole, and nothing of it lies under the overview', () => {
  const box = fc.record({
    x: fc.integer({ min: -300, max: 600 }),
    y: fc.integer({ min: -300, max: 400 }),
    width: fc.integer({ min: 100, max: 300 }),
    height: fc.integer({ min: 60, max: 300 }),
  });
  fc.assert(
    fc.property(fc.array(box, { minLength: 1, maxLength: 8 }), (boxes) => {
      const view = firstView(boxes, boxes, room);
      const all = boxes.map((one) => drawn(one, view ?? { x: NaN, y: NaN, zoom: NaN }));
      expect(all.every(inside)).toBe(true);
      expect(view?.zoom).toBeGreaterThan(0.6);
      expect(view?.zoom).toBeLessThanOrEqual(1.25);
    }),
  );
  // One that fills the room but for a corner makes way for the overview.
  const full = [
    { x: 0, y: 0, width: 200, height: 700 },
    { x: 760, y: 560, width: 200, height: 140 },
  ];
  const view = wholeView(full, full, room);
  expect(full.map((one) => drawn(one, view ?? { x: 0, y: 0, zoom: 1 })).filter(covered)).toEqual([]);
});

test('one that is too wide is seen from its beginning, large enough to read', () => {
  const wide = row(20);
  const view = firstView(wide, wide, room);
  const [first, last] = [wide[0], wide.at(-1)].map((one) => one && view && drawn(one, view));
  expect(view?.zoom).toBe(0.8);
  expect(first?.x).toBe(20);
  expect(last?.x).toBeGreaterThan(room.width);
  // One that nearly fits is seen as far as words can be read.
  const nearly = row(9);
  expect(firstView(nearly, nearly, room)?.zoom).toBe(0.601);
  expect(firstView([], [], room)).toBeUndefined();
});
