import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Axis } from '../core/define-node';
import { Lettering, lineHeight } from './lettering/lettering';
import { drawGrid, layOutGrid } from './picture-grid';

const axis = (title: string, labels: readonly string[]): Axis => ({ id: title, title, labels });
const scales = axis('CFG', ['1', '2.5', '5', '7.5']);
const seeds = axis('Seed', ['42', '43', '44']);
const samplers = axis('Sampler', ['euler', 'dpmpp-2m']);

let lettering: Lettering;
beforeAll(async () => {
  lettering = await Lettering.load();
});

const cell = { width: 64, height: 48 };

describe('layOutGrid', () => {
  it('puts the last list across, the one before down, and makes a page of each item of a third', () => {
    const { pages } = layOutGrid(lettering, [samplers, seeds, scales], 24, { cell });
    expect(pages.map(({ title }) => title)).toEqual(['Sampler euler', 'Sampler dpmpp-2m']);
    const texts = pages[1]?.words.map(({ text }) => text);
    expect(texts).toEqual(['Sampler dpmpp-2m', 'CFG', ...scales.labels, ...seeds.labels, 'Seed']);
    const places = pages[1]?.places ?? [];
    expect(places.map(({ index }) => index)).toEqual(Array.from({ length: 12 }, (_, i) => 12 + i));
    // Four across: pictures 12 and 16 stand below each other, 12 and 13 beside each other.
    expect(places[0]?.x).toBe(places[4]?.x);
    expect(places[0]?.y).toBe(places[1]?.y);
  });

  it('keeps all words and pictures on the sheet and no two over each other, whatever the labels are', () => {
    const words = fc.string({ maxLength: 60, unit: fc.constantFrom('a', 'W', ' ', 'é', '字', '.', 'ü') });
    const list = (title: string) =>
      fc.array(words, { minLength: 1, maxLength: 4 }).map((labels) => axis(title, labels));
    const axes = fc.oneof(
      fc.tuple(list('one')),
      fc.tuple(list('two'), list('one')),
      fc.tuple(list('x'), list('y'), list('z')),
    );
    fc.assert(
      fc.property(axes, fc.integer({ min: 24, max: 300 }), fc.integer({ min: 0, max: 3 }), (of, side, columns) => {
        const size = { width: side, height: side };
        const count = of.reduce((all, { labels }) => all * labels.length, 1);
        const layout = layOutGrid(lettering, of, count, { cell: size, columns });
        for (const page of layout.pages) {
          const boxes = [
            ...page.places.map(({ x, y }) => ({ x, y, ...size })),
            ...page.words.map(({ text, x, y, size: font, turned }) => {
              const [long, high] = [lettering.widthOf(text, font), font * lineHeight];
              return turned ? { x, y, width: high, height: long } : { x, y, width: long, height: high };
            }),
          ].map(({ x, y, width, height }) => [x, y, x + width, y + height] as const);
          for (const [left, top, right, bottom] of boxes.slice(0, page.places.length)) {
            expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
            expect(right).toBeLessThanOrEqual(layout.width);
            expect(bottom).toBeLessThanOrEqual(layout.height);
          }
          for (const [i, a] of boxes.entries())
            for (const b of boxes.slice(Math.max(i + 1, page.places.length)))
              if (i < page.places.length)
                expect(a[0] < b[2] - 1 && b[0] < a[2] - 1 && a[1] < b[3] - 1 && b[1] < a[3] - 1).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });
});

it('drawGrid leaves the pixels of pictures as they are, writes dark on white, and leaves missing pictures empty', async () => {
  const picture = (value: number) => ({ ...cell, pixels: new Uint8ClampedArray(4 * 64 * 48).fill(value) });
  const pictures = Array.from({ length: 12 }, (_, i) => (i === 5 ? undefined : picture(10 * i)));
  const [sheet] = await drawGrid([seeds, scales], pictures);
  if (!sheet) throw new Error('There is no sheet.');
  const [page] = layOutGrid(lettering, [seeds, scales], 12, { cell }).pages;
  const at = (x: number, y: number) => [
    ...sheet.pixels.subarray(4 * (y * sheet.width + x), 4 * (y * sheet.width + x) + 4),
  ];
  for (const { index, x, y } of page?.places ?? []) {
    const expected = index === 5 ? 255 : 10 * index;
    expect(at(x, y)).toEqual(new Array(4).fill(expected));
    expect(at(x + 63, y + 47)).toEqual(new Array(4).fill(expected));
  }
  // The heading "7.5" stands over its column: there is ink, and beside it there is none.
  const heading = page?.words.find(({ text }) => text === '7.5');
  const ink = (x: number, y: number, width: number, height: number) => {
    let dark = 0;
    for (let j = 0; j < height; j++) for (let i = 0; i < width; i++) if ((at(x + i, y + j)[0] ?? 255) < 128) dark += 1;
    return dark;
  };
  const [x, y] = [Math.round(heading?.x ?? 0), Math.round(heading?.y ?? 0)];
  expect(ink(x, y, 20, 14)).toBeGreaterThan(20);
  expect(ink(x + 24, y, 10, 14)).toBe(0);
});
