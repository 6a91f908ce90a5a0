import { describe, expect, it } from 'vitest';
import { rankOf, search } from './search';

describe('search', () => {
  it('puts what starts with the query first, then what has its words in the title, then in the help', () => {
    const found = search(
      [['CFG combine', 'guidance'], ['Combine masks'], ['Masks'], ['Note', 'combine words']] as const,
      'combine',
      ([title, more]) => [title, more],
    );
    expect(found.map(([title]) => title)).toEqual(['Combine masks', 'CFG combine', 'Note']);
  });

  it('wants every word, in any order', () => {
    expect(rankOf('grid image', 'Image grid')).toBe(3);
    expect(rankOf('grid sound', 'Image grid')).toBe(0);
    expect(rankOf('', 'Image grid')).toBe(4);
    expect(rankOf('age', 'Image grid')).toBe(2);
  });
});
