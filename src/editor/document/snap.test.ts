import { describe, expect, it } from 'vitest';
import { snapTo } from './snap';

const others = [{ x: 100, y: 0, width: 100, height: 40 }];

describe('a dragged node', () => {
  it('comes in line with an edge that is within reach, and a guide shows with which', () => {
    const { by, guides } = snapTo({ x: 104, y: 200, width: 60, height: 30 }, others, 6);
    expect(by).toEqual({ x: -4, y: 0 });
    expect(guides).toEqual([{ axis: 'x', at: 100, from: 0, to: 230 }]);
  });

  it('comes in line with a middle, and shows all lines that agree', () => {
    const { by, guides } = snapTo({ x: 102, y: 300, width: 100, height: 40 }, others, 6);
    expect(by).toEqual({ x: -2, y: 0 });
    expect(guides.map(({ at }) => at)).toEqual([100, 150, 200]);
    expect(snapTo({ x: 130, y: 23, width: 30, height: 10 }, others, 6).by).toEqual({ x: 5, y: -3 });
  });

  it('lies where it is put where nothing is within reach', () => {
    expect(snapTo({ x: 306, y: 300, width: 20, height: 40 }, others, 6)).toEqual({ by: { x: 0, y: 0 }, guides: [] });
  });
});
