import { produce } from 'immer';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type AnyNode, defineNode, seed } from '../../core/define-node';
import { checkDocument, type Document, emptyDocument } from '../../core/document';
import { type Roll, rolled, rollSeeds, seedsOf, setRoll, takeSeeds, wouldReseed } from './seeds';

const base = { version: 1, help: '', icon: '' };
const run = () => ({}) as never;
const registry = new Map<string, AnyNode>(
  [
    defineNode({
      ...base,
      type: 't/noise',
      title: 'Noise',
      params: z.object({ seed: seed().default('7') }),
      in: {},
      out: { latent: 'latent' },
      run,
    }),
    defineNode({
      ...base,
      type: 't/show',
      title: 'Show',
      params: z.object({}),
      in: { latent: 'latent' },
      out: {},
      run,
    }),
  ].map((node) => [node.type, node]),
);
const document: Document = checkDocument({
  ...emptyDocument('d', 'D'),
  nodes: [
    { id: 'noise', type: 't/noise', version: 1, at: [0, 0], params: { seed: 42 } },
    { id: 'other', type: 't/noise', version: 1, at: [0, 0], params: {} },
    { id: 'show', type: 't/show', version: 1, at: [0, 0], params: {} },
  ],
  wires: [{ from: ['noise', 'latent'], to: ['show', 'latent'] }],
});
const all = new Set(['noise', 'other', 'show']);
const next = (roll: Roll, seedBefore: string | number = 42) => {
  const set = produce(document, (draft) => {
    setRoll('noise', 'seed', roll)(draft);
    if (draft.nodes[0]) draft.nodes[0].params.seed = seedBefore;
  });
  const ran = produce(
    set,
    rollSeeds(registry, all, () => 5),
  );
  expect(checkDocument(structuredClone(ran))).toEqual(ran);
  return ran.nodes[0]?.params.seed;
};

describe('a seed before a run', () => {
  it('is rolled, counted up or counted down, round the end of 64 bits', () => {
    expect(next('random')).toBe(5);
    expect(next('increment')).toBe(43);
    expect(next('decrement')).toBe(41);
    expect(next('decrement', 0)).toBe('18446744073709551615');
    expect(next('increment', '18446744073709551615')).toBe(0);
    expect(next('increment', Number.MAX_SAFE_INTEGER)).toBe('9007199254740992');
    expect(rolled(1n, 'random', 9)).toBe(9n);
  });

  it('stays as it is where it is fixed or takes no part in the run', () => {
    expect(
      produce(
        document,
        rollSeeds(registry, all, () => 5),
      ),
    ).toBe(document);
    const random = produce(document, setRoll('noise', 'seed', 'random'));
    expect(
      produce(
        random,
        rollSeeds(registry, new Set(['other']), () => 5),
      ),
    ).toBe(random);
    expect(produce(random, setRoll('noise', 'seed', undefined))).toEqual(document);
  });
});

describe('the seeds of a picture', () => {
  it('are those of the nodes that it comes from, defaults too', () => {
    expect(seedsOf(document, registry, 'show')).toEqual([{ node: 'noise', name: 'seed', value: '42' }]);
    expect(seedsOf(document, registry, 'other')).toEqual([{ node: 'other', name: 'seed', value: '7' }]);
  });

  it('can be taken back and are fixed then', () => {
    const seeds = seedsOf(document, registry, 'show');
    expect(wouldReseed(document, seeds)).toBe(false);
    const gone = produce(
      produce(document, setRoll('noise', 'seed', 'random')),
      rollSeeds(registry, all, () => 5),
    );
    expect(wouldReseed(gone, seeds)).toBe(true);
    expect(produce(gone, takeSeeds(seeds))).toEqual(document);
  });
});
