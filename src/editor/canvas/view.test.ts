import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { viewOf, viewportOf } from './view';

const room = { width: 996, height: 852 };

describe('where the user looks', () => {
  it('is the point in the middle of the canvas, whatever the size of the window', () => {
    const view = viewOf({ x: 100, y: -50, zoom: 0.5 }, { width: 800, height: 600 });
    expect(view).toEqual({ at: [600, 700], zoom: 0.5 });
    expect(viewOf(viewportOf(view, room), room)).toEqual(view);
  });

  it('is the same again after it was kept and restored', () => {
    const view = fc.record({
      at: fc.tuple(fc.integer({ min: -5000, max: 5000 }), fc.integer({ min: -5000, max: 5000 })),
      zoom: fc.integer({ min: 100, max: 4000 }).map((thousandths) => thousandths / 1000),
    });
    fc.assert(
      fc.property(view, (kept) => {
        expect(viewOf(viewportOf(kept, room), room)).toEqual(kept);
      }),
    );
  });
});
