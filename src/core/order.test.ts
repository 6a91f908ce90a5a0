import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { topologicalOrder } from './order';

/** Edges go from lower to higher places of a shuffled list, so the graph has no cycle. */
const dag = fc
  .tuple(
    fc.shuffledSubarray(
      Array.from({ length: 1000 }, (_, i) => `n${i}`),
      { minLength: 1000 },
    ),
    fc.array(fc.tuple(fc.nat(999), fc.nat(999)), { maxLength: 4000 }),
  )
  .map(([ids, pairs]) => {
    const into = new Map<string, string[]>(ids.map((id) => [id, []]));
    for (const [a, b] of pairs)
      if (a !== b) into.get(ids[Math.max(a, b)] as string)?.push(ids[Math.min(a, b)] as string);
    return { ids: [...into.keys()].sort(), into };
  });

describe('topological order', () => {
  it('puts every node of a random graph of 1,000 after all that it depends on', () => {
    fc.assert(
      fc.property(dag, ({ ids, into }) => {
        const { order, cyclic } = topologicalOrder(ids, (id) => into.get(id) ?? []);
        expect(cyclic).toEqual([]);
        expect(order.toSorted()).toEqual(ids);
        const place = new Map(order.map((id, i) => [id, i]));
        for (const [id, sources] of into)
          for (const source of sources) expect(place.get(source)).toBeLessThan(place.get(id) as number);
      }),
      { numRuns: 30 },
    );
  });

  it('keeps the given order where nothing else decides', () => {
    expect(topologicalOrder(['c', 'a', 'b'], () => []).order).toEqual(['c', 'a', 'b']);
    expect(topologicalOrder(['c', 'a', 'b'], (id) => (id === 'c' ? ['b'] : [])).order).toEqual(['a', 'b', 'c']);
  });

  it('names the nodes on and behind a cycle', () => {
    const into: Record<string, string[]> = { a: [], b: ['a', 'd'], c: ['b'], d: ['c'], e: ['d'] };
    expect(topologicalOrder(Object.keys(into), (id) => into[id] ?? [])).toEqual({
      order: ['a'],
      cyclic: ['b', 'c', 'd', 'e'],
    });
  });
});
