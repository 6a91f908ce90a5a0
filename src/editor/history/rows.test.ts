import { describe, expect, it } from 'vitest';
import type { PictureRecord } from '../../storage/run-record';
import { noFilter } from './history-store';
import { differenceOf, pixelHash } from './pixels';
import { filtered, layoutOf, rowsBetween, step } from './rows';

const picture = (id: number, more: Partial<PictureRecord> = {}): PictureRecord => ({
  id: String(id),
  run: `r${id}`,
  at: -id,
  order: 0,
  node: 'preview',
  index: 0,
  labels: [],
  seeds: [],
  graphId: 'g',
  name: 'Neon train',
  models: ['tiny'],
  prompt: 'a train',
  text: 'neon train\na train in the snow, (neon:1.2)',
  width: 64,
  height: 64,
  sha256: '',
  bytes: 1,
  starred: false,
  ...more,
});

const measure = { width: 1000, gap: 16, least: 200, dayHeight: 34, captionHeight: 41 };
/** Ten pictures a day. */
const dayOf = (at: number) => `day ${Math.floor(-at / 10)}`;

describe('the grid of pictures', () => {
  const layout = layoutOf(
    Array.from({ length: 2000 }, (_, i) => picture(i)),
    measure,
    dayOf,
  );

  it('puts each day under its name, in as many columns as have room', () => {
    expect(layout.columns).toBe(4);
    expect(layout.side).toBe((1000 - 3 * 16) / 4);
    expect(layout.rows.slice(0, 5).map((row) => ('day' in row ? row.day : row.pictures.length))).toEqual([
      'day 0',
      4,
      4,
      2,
      'day 1',
    ]);
    const [last] = layout.rows.slice(-1);
    expect(last && last.top + last.height).toBe(layout.height);
  });

  it('draws of 2,000 pictures only the rows that touch what is seen, and all of those', () => {
    for (const from of [-600, 0, 5000, layout.height - 800, layout.height + 9000]) {
      const drawn = rowsBetween(layout, from, from + 800);
      expect(drawn).toEqual(layout.rows.filter((row) => row.top + row.height >= from && row.top <= from + 800));
      expect(drawn.length).toBeLessThan(10);
    }
  });

  it('is walked by arrows: along the pictures, and up and down in the column as far as there is one', () => {
    const go = (at: number, key: string) => step(layout, String(at), key)?.id;
    expect([go(3, 'ArrowRight'), go(4, 'ArrowLeft'), go(0, 'ArrowLeft')]).toEqual(['4', '3', undefined]);
    expect([go(1, 'ArrowDown'), go(7, 'ArrowDown'), go(10, 'ArrowUp'), go(1, 'ArrowUp')]).toEqual([
      '5',
      '9',
      '8',
      undefined,
    ]);
    expect([go(77, 'Home'), go(77, 'End'), go(0, 'Enter')]).toEqual(['0', '1999', undefined]);
  });
});

it('pictures are found by all words of any text of their graph, and by what else narrows them', () => {
  const pictures = [
    picture(0),
    picture(1, { starred: true, width: 128 }),
    picture(2, { labels: ['CFG 7.5'], models: ['other'], text: 'a boat' }),
    picture(3, { frames: 48, name: 'Boat', text: 'a boat' }),
  ];
  const ids = (by: Partial<typeof noFilter>) => filtered(pictures, { ...noFilter, ...by }).map(({ id }) => id);
  expect(ids({})).toEqual(['0', '1', '2', '3']);
  expect(ids({ words: ' SNOW  neon' })).toEqual(['0', '1']);
  expect(ids({ words: 'snow boat' })).toEqual([]);
  expect([ids({ only: 'starred' }), ids({ only: 'grids' }), ids({ only: 'animations' })]).toEqual([
    ['1'],
    ['2'],
    ['3'],
  ]);
  expect([ids({ graph: 'Boat' }), ids({ model: 'other' }), ids({ size: '128 × 64' })]).toEqual([['3'], ['2'], ['1']]);
});

it('pictures are told apart to the last bit, with how many pixels differ and by how much', async () => {
  const of = (...bytes: number[]) => ({ width: 2, height: 1, pixels: Uint8ClampedArray.from(bytes) });
  const [a, b] = [of(1, 2, 3, 255, 4, 5, 6, 255), of(1, 2, 3, 255, 4, 9, 5, 255)];
  expect(differenceOf(a, a)).toEqual({ pixels: 2, differ: 0, most: 0 });
  expect(differenceOf(a, b)).toEqual({ pixels: 2, differ: 1, most: 4 });
  expect(differenceOf(a, { ...b, width: 1, height: 2 })).toBeUndefined();
  expect(await pixelHash(a)).not.toBe(await pixelHash(b));
  // FIPS 180-2, appendix B.1: the digest of "abc".
  const abc = { width: 1, height: 1, pixels: Uint8ClampedArray.from([0x61, 0x62, 0x63]) };
  expect(await pixelHash(abc)).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
