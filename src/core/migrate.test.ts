import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineNode } from './define-node';
import { emptyDocument } from './document';
import { migrateNodes, resolveParameters } from './migrate';

/** Version 1 stored `amount` in percent, version 2 renamed it to `strength`, version 3 counts from 0 to 1. */
const node = defineNode({
  type: 'test/strength',
  version: 3,
  title: 'Strength',
  help: 'Has changed twice.',
  icon: 'bolt',
  params: z.object({ strength: z.number().min(0).max(1).default(0.5) }),
  in: {},
  out: { number: 'number' },
  run: ({ params }) => ({ number: params.strength }),
  migrate(params, from) {
    const { amount, ...rest } = params;
    const renamed = from < 2 ? { ...rest, strength: amount } : params;
    return { ...renamed, strength: Number(renamed.strength) / 100 };
  },
});
const registry = new Map([[node.type, node]]);
const stored = (version: number, params: Record<string, number>) => ({
  id: 'a',
  type: node.type,
  version,
  at: [0, 0] as [number, number],
  params,
});

describe('migration', () => {
  it.each([
    [1, { amount: 70 }],
    [2, { strength: 70 }],
    [3, { strength: 0.7 }],
  ])('brings a node of version %d to the version of today', (version, params) => {
    const old = { ...emptyDocument('g', 'G'), nodes: [stored(version, params as Record<string, number>)] };
    const { document, changed } = migrateNodes(old, registry);
    expect(document.nodes[0]).toMatchObject({ version: 3, params: { strength: 0.7 } });
    expect(changed).toEqual(version < 3 ? ['a'] : []);
  });

  it('brings nodes in subgraphs with it, and what their instances set', () => {
    const border = (['inputs', 'outputs'] as const).map((side) => ({
      ...stored(1, {}),
      id: side,
      type: `subgraph/${side}`,
    }));
    const subgraph = {
      id: 's',
      title: 'S',
      inputs: [],
      outputs: [],
      params: [{ name: 'how-much', of: ['a', 'amount'] as [string, string] }],
      nodes: [...border, stored(1, { amount: 70 })],
      wires: [],
      zones: [],
      frames: [],
    };
    const { document, changed } = migrateNodes({ ...emptyDocument('g', 'G'), subgraphs: [subgraph] }, registry);
    expect(changed).toEqual(['s/a']);
    expect(document.subgraphs?.[0]).toMatchObject({
      params: [{ name: 'how-much', of: ['a', 'strength'] }],
      nodes: [{}, {}, { version: 3, params: { strength: 0.7 } }],
    });
  });

  it('leaves unknown nodes and newer versions as they are, and says so when they are to run', () => {
    const unknown = { ...stored(1, { x: 1 }), id: 'b', type: 'who/knows' };
    const newer = stored(9, { later: 1 });
    const old = { ...emptyDocument('g', 'G'), nodes: [newer, unknown] };
    expect(migrateNodes(old, registry).document).toBe(old);
    expect(resolveParameters(newer, node, new Set())).toEqual({
      problems: [
        {
          node: 'a',
          what: 'Strength was saved by a newer Weft (version 9; this one has 3).',
          cure: 'Update Weft to run it.',
        },
      ],
    });
  });

  it('fills in defaults, names a parameter that is not known and one that is out of bounds', () => {
    expect(resolveParameters(stored(3, {}), node, new Set())).toEqual({ params: { strength: 0.5 } });
    expect(resolveParameters(stored(3, { power: 1 }), node, new Set())).toMatchObject({
      problems: [{ port: 'power' }],
    });
    expect(resolveParameters(stored(3, { strength: 7 }), node, new Set())).toMatchObject({
      problems: [{ port: 'strength', what: expect.stringMatching(/^Strength: strength cannot be used\. Too big/) }],
    });
    // What arrives by wire counts instead of what is stored.
    expect(resolveParameters(stored(3, { strength: 7 }), node, new Set(['strength']))).toHaveProperty('params');
  });
});
