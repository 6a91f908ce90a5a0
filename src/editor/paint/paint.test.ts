import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bitmap, emptyBitmap, emptyCoverage, lay, wholeOf } from './bitmap';
import { floodFill } from './flood-fill';
import { PaintSession, type Settings, tools } from './session';
import { coverEllipse, coverRectangle, coverSegment } from './strokes';

const brush: Settings = {
  tool: 'brush',
  color: [255, 0, 0],
  size: 6,
  hardness: 1,
  opacity: 1,
  tolerance: 0,
  pressure: false,
};
const at = (x: number, y: number, pressure = 1) => ({ x, y, pressure });
const pixel = ({ width, data }: Bitmap, x: number, y: number) => [
  ...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4),
];
const sum = (data: ArrayLike<number>) => Array.from(data).reduce((total, value) => total + value, 0) / 255;

/** Quicker than `toEqual`. */
const same = (a: Uint8ClampedArray, b: Uint8ClampedArray): boolean => Buffer.from(a).equals(Buffer.from(b));

describe('what is covered', () => {
  test('of a hard dot is the area of a circle', () => {
    const coverage = emptyCoverage(64, 64);
    const nib = { x: 32, y: 32, radius: 20 };
    coverSegment(coverage, nib, nib, 1);
    expect(sum(coverage.data)).toBeCloseTo(Math.PI * 400, -1);
  });

  test('of a line is a rectangle with two half circles, and drawing it twice changes nothing', () => {
    const coverage = emptyCoverage(128, 64);
    const [from, to] = [
      { x: 30.5, y: 20, radius: 8 },
      { x: 90.5, y: 40, radius: 8 },
    ];
    coverSegment(coverage, from, to, 1);
    expect(sum(coverage.data) / (Math.PI * 64 + 16 * Math.hypot(60, 20))).toBeCloseTo(1, 2);
    const once = coverage.data.slice();
    coverSegment(coverage, to, from, 1);
    expect(coverage.data).toEqual(once);
  });

  test('of a soft dot falls off evenly from its middle', () => {
    const coverage = emptyCoverage(65, 65);
    const nib = { x: 32.5, y: 32.5, radius: 30 };
    coverSegment(coverage, nib, nib, 0);
    const row = Array.from({ length: 30 }, (_, i) => coverage.data[32 * 65 + 32 + i] as number);
    expect(row.slice(1).every((value, i) => value < (row[i] as number) || row[i] === 255)).toBe(true);
    expect(row[15]).toBeCloseTo(255 * (15.5 / 30), -1);
  });

  test('of a rectangle is its area to the fraction of a pixel', () => {
    const coverage = emptyCoverage(20, 20);
    coverRectangle(coverage, { x: 12.25, y: 15.5 }, { x: 2, y: 3 });
    expect(sum(coverage.data)).toBeCloseTo(10.25 * 12.5, 0);
  });

  test('of an ellipse is its area', () => {
    const coverage = emptyCoverage(100, 60);
    coverEllipse(coverage, { x: 10, y: 10 }, { x: 90, y: 50 });
    expect(sum(coverage.data) / (Math.PI * 40 * 20)).toBeCloseTo(1, 2);
  });
});

test('colours are laid on each other as Porter and Duff say', () => {
  const base = { width: 1, height: 1, data: Uint8ClampedArray.of(0, 0, 255, 128) };
  const coverage = { width: 1, height: 1, data: Uint8ClampedArray.of(255) };
  const target = emptyBitmap(1, 1);
  lay(target, base, coverage, [255, 0, 0], 0.5, wholeOf(base));
  // alpha = 0.5 + 0.502 * 0.5; colour = (0.5 * red + 0.251 * blue) / alpha
  expect([...target.data]).toEqual([170, 0, 85, 192]);
  lay(target, base, coverage, undefined, 0.5, wholeOf(base));
  expect([...target.data]).toEqual([0, 0, 255, 64]);
});

describe('flood fill', () => {
  /** Pixel by pixel, without spans. */
  function slowFill(seen: Bitmap, x: number, y: number, tolerance: number): Set<number> {
    const { width, height } = seen;
    const wanted = pixel(seen, x, y);
    const found = new Set<number>();
    const open = [[x, y] as const];
    for (let place = open.pop(); place; place = open.pop()) {
      const [px, py] = place;
      if (px < 0 || py < 0 || px >= width || py >= height || found.has(py * width + px)) continue;
      const here = pixel(seen, px, py);
      if (here.some((value, i) => Math.abs(value - (wanted[i] as number)) > tolerance)) continue;
      found.add(py * width + px);
      open.push([px + 1, py], [px - 1, py], [px, py + 1], [px, py - 1]);
    }
    return found;
  }

  test('fills what a slow search finds, whatever the picture is', () => {
    const pictures = fc.record({
      grey: fc.array(fc.constantFrom(0, 10, 200), { minLength: 12 * 9, maxLength: 12 * 9 }),
      x: fc.nat(11),
      y: fc.nat(8),
      tolerance: fc.constantFrom(0, 10, 255),
    });
    fc.assert(
      fc.property(pictures, ({ grey, x, y, tolerance }) => {
        const data = Uint8ClampedArray.from(grey.flatMap((value) => [value, value, value, 255]));
        const seen = { width: 12, height: 9, data };
        const coverage = emptyCoverage(12, 9);
        const area = floodFill(coverage, seen, x, y, tolerance);
        const filled = [...coverage.data.keys()].filter((place) => coverage.data[place] === 255);
        expect(filled).toEqual([...slowFill(seen, x, y, tolerance)].sort((a, b) => a - b));
        for (const place of filled) {
          expect(place % 12).toBeGreaterThanOrEqual(area.left);
          expect(Math.floor(place / 12)).toBeLessThan(area.bottom);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('stops at a line, and beside the picture does nothing', () => {
    const session = new PaintSession(emptyBitmap(40, 40));
    session.begin(at(20, -5), { ...brush, tool: 'line' });
    session.move(at(20, 45));
    session.end();
    session.begin(at(5, 5), { ...brush, tool: 'fill', color: [0, 255, 0] });
    session.end();
    expect(pixel(session.picture, 2, 38)).toEqual([0, 255, 0, 255]);
    expect(pixel(session.picture, 35, 2)).toEqual([0, 0, 0, 0]);
    session.begin(at(-3, 5), { ...brush, tool: 'fill' });
    session.end();
    session.undo();
    expect(pixel(session.picture, 2, 38)).toEqual([0, 0, 0, 0]);
  });
});

describe('a session', () => {
  test('overlapping parts of one stroke are no darker than the rest of it', () => {
    const session = new PaintSession(emptyBitmap(40, 40));
    session.begin(at(10, 20), { ...brush, opacity: 0.5 });
    for (const x of [30, 10, 30]) session.move(at(x, 20));
    session.end();
    expect(pixel(session.picture, 20, 20)).toEqual([255, 0, 0, 128]);
  });

  test('a pen that is pressed less draws a thinner line', () => {
    const width = (pressure: number) => {
      const session = new PaintSession(emptyBitmap(40, 40));
      session.begin(at(20, 20, pressure), { ...brush, size: 20, pressure: true });
      session.end();
      return Array.from({ length: 40 }, (_, y) => pixel(session.picture, 20, y)[3]).filter((alpha = 0) => alpha >= 128)
        .length;
    };
    expect(width(1)).toBe(20);
    expect(width(0.5)).toBe(10);
  });

  test('a shape follows the pointer and leaves nothing of where it was', () => {
    const session = new PaintSession(emptyBitmap(40, 40));
    session.begin(at(5, 5), { ...brush, tool: 'rectangle' });
    session.move(at(38, 38));
    session.move(at(10, 10));
    session.end();
    expect(sum(session.picture.data.filter((_, i) => i % 4 === 3))).toBe(25);
  });

  test('inverting twice gives the same opacities, and what had no colour gets one', () => {
    const session = new PaintSession(emptyBitmap(20, 20));
    session.begin(at(10, 10), brush);
    session.end();
    const before = session.picture.data.filter((_, i) => i % 4 === 3);
    session.invert([255, 255, 255]);
    expect(pixel(session.picture, 0, 0)).toEqual([255, 255, 255, 255]);
    expect(pixel(session.picture, 10, 10)[3]).toBe(0);
    session.invert([255, 255, 255]);
    expect(session.picture.data.filter((_, i) => i % 4 === 3)).toEqual(before);
  });

  test('any gestures, undone and redone, give the same pictures as before', () => {
    const place = fc.record({
      x: fc.integer({ min: -5, max: 35 }),
      y: fc.integer({ min: -5, max: 29 }),
      pressure: fc.constantFrom(0.2, 1),
    });
    const gesture = fc.record({
      tool: fc.constantFrom(...tools),
      places: fc.array(place, { minLength: 1, maxLength: 4 }),
      hardness: fc.constantFrom(0, 0.5, 1),
      opacity: fc.constantFrom(0.3, 1),
    });
    const act = fc.oneof({ weight: 4, arbitrary: gesture }, fc.constantFrom('clear' as const, 'invert' as const));
    fc.assert(
      fc.property(fc.array(act, { maxLength: 8 }), (acts) => {
        const session = new PaintSession(emptyBitmap(30, 24));
        const pictures = [session.picture.data.slice()];
        for (const one of acts) {
          if (one === 'clear') session.clear();
          else if (one === 'invert') session.invert([9, 9, 9]);
          else {
            const { places, ...settings } = one;
            const [first = at(0, 0), ...rest] = places;
            session.begin(first, { ...brush, ...settings, pressure: true });
            for (const next of rest) session.move(next);
            session.end();
          }
          const now = session.picture.data.slice();
          if (!same(now, pictures.at(-1) as Uint8ClampedArray)) pictures.push(now);
        }
        for (const picture of pictures.toReversed().slice(1)) {
          session.undo();
          expect(same(session.picture.data, picture)).toBe(true);
        }
        expect(session.canUndo).toBe(false);
        for (const picture of pictures.slice(1)) {
          session.redo();
          expect(same(session.picture.data, picture)).toBe(true);
        }
        expect(session.canRedo).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  test('a gesture that is called off leaves no trace', () => {
    const session = new PaintSession(emptyBitmap(20, 20));
    session.begin(at(10, 10), brush);
    session.cancel();
    expect(sum(session.picture.data)).toBe(0);
    expect(session.canUndo).toBe(false);
  });
});
