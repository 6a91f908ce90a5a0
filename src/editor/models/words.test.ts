import { describe, expect, it } from 'vitest';
import { Rate } from './rate';
import { ofWords, sizeWords } from './size-words';

describe('sizes', () => {
  it('are in decimal units with no more digits than they are worth', () => {
    expect([0, 999, 1000, 812_000, 999_900, 41_000_000, 2_132_625_894].map(sizeWords)).toEqual([
      '0 bytes',
      '999 bytes',
      '1 kB',
      '812 kB',
      '1.0 MB',
      '41.0 MB',
      '2.1 GB',
    ]);
  });

  it('of a part have the unit of the whole', () => {
    expect(ofWords(260_000, 2_132_625_894)).toBe('0.0 of 2.1 GB');
    expect(ofWords(5, undefined)).toBe('5 bytes');
  });
});

describe('a rate', () => {
  it('is that of the last seconds, and starts over when bytes are thrown away', () => {
    const rate = new Rate();
    rate.add(0, 1000);
    expect(rate.perSecond).toBeUndefined();
    rate.add(1000, 3000);
    expect(rate.perSecond).toBe(2000);
    expect(rate.left(7000)).toBe(2000);
    for (let second = 2; second <= 20; second++) rate.add(1000 * second, 3000 + 100 * (second - 1));
    expect(rate.perSecond).toBe(100);
    rate.add(21_000, 0);
    expect(rate.perSecond).toBeUndefined();
    expect(rate.left(7000)).toBeUndefined();
  });
});
