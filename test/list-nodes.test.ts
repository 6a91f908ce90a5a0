import { describe, expect, it, test } from 'vitest';
import range from '../nodes/lists/range';
import seeds from '../nodes/lists/seeds';
import wildcards from '../nodes/lists/wildcards';
import type { AnyNode, Labelled } from '../src/core/define-node';

/** What a list node makes of parameters as a file has them. */
function listOf(node: AnyNode, params: object): Labelled<unknown>[] {
  const outputs = node.run?.({ in: {}, params: node.params.parse(params) } as never) as Record<
    string,
    Labelled<unknown>[]
  >;
  return Object.values(outputs)[0] ?? [];
}
const valuesOf = (node: AnyNode, params: object) => listOf(node, params).map(({ value }) => value);

describe('Range', () => {
  // What numpy's linspace, arange with its end, and geomspace give.
  test.each([
    [{ from: 0, to: 1, count: 6 }, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [{ from: 5, to: 1, count: 3 }, [5, 3, 1]],
    [{ from: 3, to: 9, count: 1 }, [3]],
    [{ from: 0, to: 1, by: 'step', step: 0.1 }, [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]],
    [{ from: 10, to: 0, by: 'step', step: -4 }, [10, 6, 2]],
    [{ from: 1, to: 1000, count: 4, spacing: 'logarithmic' }, [1, 10, 100, 1000]],
    [{ from: 1, to: 48, by: 'step', step: 2, spacing: 'logarithmic' }, [1, 2, 4, 8, 16, 32]],
    [{ from: 1, to: 5, count: 9, whole: true }, [1, 2, 3, 4, 5]],
  ])('%j', (params, expected) => {
    expect(valuesOf(range, params)).toEqual(expected);
  });

  it('says what to change where no number leads to the other end', () => {
    expect(() => valuesOf(range, { from: 0, to: 1, by: 'step', step: -1 })).toThrow('From 0 nothing leads to 1');
    expect(() => valuesOf(range, { from: 0, to: 1, by: 'step', step: 0 })).toThrow('From 0 nothing leads to 1');
    expect(() => valuesOf(range, { from: 0, to: 8, spacing: 'logarithmic' })).toThrow('There is no factor between');
    expect(() => valuesOf(range, { from: 0, to: 1e6, by: 'step', step: 1 })).toThrow('1000001 numbers');
  });
});

it('Seeds are those that follow, or the words of the Mersenne Twister that numpy draws from the same seed', () => {
  expect(valuesOf(seeds, { seed: 42, count: 3 })).toEqual([42, 43, 44]);
  // numpy.random.RandomState(42).randint(2**32, size=4, dtype=numpy.uint32)
  expect(valuesOf(seeds, { seed: 42, count: 4, order: 'random' })).toEqual([
    1608637542, 3421126067, 4083286876, 787846414,
  ]);
  expect(() => valuesOf(seeds, { seed: '18446744073709551615' })).toThrow('too large for a list');
});

it('Wildcards are all prompts by what was chosen, or as many at random as are asked for, the same for the same seed', () => {
  expect(listOf(wildcards, {})).toEqual([
    { label: 'red, car', value: 'a red car' },
    { label: 'red, sailboat', value: 'a red sailboat' },
    { label: 'blue, car', value: 'a blue car' },
    { label: 'blue, sailboat', value: 'a blue sailboat' },
  ]);
  const drawn = valuesOf(wildcards, { pick: 'random', count: 9 });
  expect(drawn).toHaveLength(9);
  expect(valuesOf(wildcards, { pick: 'random', count: 9 })).toEqual(drawn);
  expect(valuesOf(wildcards, { pick: 'random', count: 9, seed: 1 })).not.toEqual(drawn);
  expect(() => valuesOf(wildcards, { text: '{a|b}'.repeat(10) })).toThrow('more than 1000 prompts');
});
