import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { align, distribute } from './arrange';

const boxes = new Map([
  ['a', { x: 0, y: 10, width: 100, height: 40 }],
  ['b', { x: 300, y: 0, width: 50, height: 20 }],
  ['c', { x: 120, y: 60, width: 60, height: 30 }],
]);
const x = (positions: ReadonlyMap<string, readonly [number, number]>) =>
  Object.fromEntries([...positions].map(([id, [left]]) => [id, left]));

describe('arranging', () => {
  it('aligns edges and middles inside of what all take up', () => {
    expect(x(align(boxes, 'x', 0))).toEqual({ a: 0, b: 0, c: 0 });
    expect(x(align(boxes, 'x', 0.5))).toEqual({ a: 125, b: 150, c: 145 });
    expect(x(align(boxes, 'x', 1))).toEqual({ a: 250, b: 300, c: 290 });
    expect([...align(boxes, 'y', 1).values()]).toEqual([
      [0, 50],
      [300, 70],
      [120, 60],
    ]);
  });

  it('distributes with equal gaps and leaves the outermost where they are', () => {
    // 350 px of room less 210 px of boxes leaves two gaps of 70 px.
    expect(x(distribute(boxes, 'x'))).toEqual({ a: 0, c: 170, b: 300 });
  });

  it('changes nothing when done again', () => {
    const box = fc.record({
      x: fc.integer({ min: -500, max: 500 }),
      y: fc.integer({ min: -500, max: 500 }),
      width: fc.integer({ min: 1, max: 200 }),
      height: fc.integer({ min: 1, max: 200 }),
    });
    fc.assert(
      fc.property(fc.array(box, { minLength: 2, maxLength: 6 }), fc.constantFrom('x', 'y'), (list, axis) => {
        // Boxes that do not fit into the room may change places; those are not what this is about.
        const length = axis === 'x' ? 'width' : 'height';
        const row = list.map((b, i) => ({ ...b, [axis]: i * 300 + b[axis] / 10, [length]: b[length] }));
        const before = new Map(row.map((b, i) => [String(i), b]));
        const once = distribute(before, axis);
        const moved = new Map(
          [...before].map(([id, b]) => [id, { ...b, x: once.get(id)?.[0] ?? 0, y: once.get(id)?.[1] ?? 0 }]),
        );
        for (const [id, [left, top]] of distribute(moved, axis)) {
          expect(left).toBeCloseTo(once.get(id)?.[0] ?? Number.NaN);
          expect(top).toBeCloseTo(once.get(id)?.[1] ?? Number.NaN);
        }
      }),
    );
  });
});
