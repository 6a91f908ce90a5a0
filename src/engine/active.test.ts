import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type AnyNode, defineNode } from '../core/define-node';
import { checkDocument, type Document } from '../core/document';
import { nodesOf, plan } from './plan';

const base = { version: 1, help: '', icon: '', params: z.object({ amount: z.number().default(0) }) };
const run = () => ({}) as never;
const registry = new Map<string, AnyNode>(
  [
    defineNode({ ...base, type: 't/noise', title: 'Noise', in: {}, out: { latent: 'latent' }, run }),
    defineNode({
      ...base,
      type: 't/mix',
      title: 'Mix',
      in: { weight: 'number', latent: 'latent', other: { kind: 'latent', optional: true } },
      out: { latent: 'latent', image: 'image' },
      run,
    }),
    defineNode({ ...base, type: 't/number', title: 'Number', in: {}, out: { number: 'integer' }, run }),
    defineNode({ ...base, type: 't/show', title: 'Show', in: { latent: 'latent' }, out: {}, effect: true, run }),
    defineNode({ ...base, type: 't/look', title: 'Look', in: { image: 'image' }, out: {}, effect: true, run }),
  ].map((node) => [node.type, node]),
);

type Flags = Partial<Document['nodes'][number]>;
/** noise > mix > show, a second noise into mix.other, a number into mix.weight, and mix's image into look. */
const graph = (flags: Record<string, Flags>): Document =>
  checkDocument({
    format: 'weft',
    version: 1,
    id: 'g',
    name: 'g',
    nodes: ['noise', 'extra:noise', 'number', 'mix', 'show', 'look'].map((name) => {
      const [id = '', type = id] = name.split(':');
      return { id, type: `t/${type}`, version: 1, at: [0, 0], params: {}, title: id, ...flags[id] };
    }),
    wires: [
      { from: ['noise', 'latent'], to: ['mix', 'latent'] },
      { from: ['extra', 'latent'], to: ['mix', 'other'] },
      { from: ['number', 'number'], to: ['mix', 'weight'] },
      { from: ['mix', 'latent'], to: ['show', 'latent'] },
      { from: ['mix', 'image'], to: ['look', 'image'] },
    ],
  });

const planned = (flags: Record<string, Flags>, targets = ['show']) => {
  const { units, problems } = plan(graph(flags), registry, targets);
  return { nodes: units.flatMap((unit) => nodesOf(unit)), problems };
};
const ids = (flags: Record<string, Flags>, targets?: string[]) => planned(flags, targets).nodes.map(({ id }) => id);

describe('a muted node', () => {
  it('does not run, and what needs it says so with the way out', () => {
    const { nodes, problems } = planned({ mix: { muted: true } });
    expect(nodes.map(({ id }) => id)).toEqual([]);
    expect(problems).toEqual([
      {
        node: 'show',
        port: 'latent',
        what: 'show needs a latent from mix, which is muted.',
        cure: 'Unmute mix, or wire latent from elsewhere.',
        fix: { do: 'enable', label: 'Unmute', node: 'mix' },
      },
    ]);
  });

  it('leaves an optional input unwired', () => {
    const { nodes, problems } = planned({ extra: { muted: true } });
    expect(problems).toEqual([]);
    expect(nodes.map(({ id }) => id)).toEqual(['noise', 'number', 'mix', 'show']);
    expect(nodes.find(({ id }) => id === 'mix')?.inputs.map(({ port }) => port)).toEqual(['latent', 'weight']);
  });

  it('that shows something is not run by default, and says so when it is asked for', () => {
    expect(plan(graph({ show: { muted: true }, look: { muted: true } }), registry).problems).toEqual([]);
    expect(planned({ show: { muted: true } }).problems[0]?.what).toBe('show is muted, so it does not run.');
  });
});

describe('a bypassed node', () => {
  it('passes an output from its first input of a fitting kind, and what only it needed is not run', () => {
    const { nodes, problems } = planned({ mix: { bypassed: true } });
    expect(problems).toEqual([]);
    expect(nodes.map(({ id }) => id)).toEqual(['noise', 'show']);
    expect(nodes[1]?.inputs[0]?.from).toEqual(['noise', 'latent']);
  });

  it('says so where it has nothing to pass on', () => {
    expect(planned({ mix: { bypassed: true } }, ['look']).problems).toEqual([
      {
        node: 'look',
        port: 'image',
        what: 'look needs an image from mix, which is bypassed and has none to pass on.',
        cure: 'Take the bypass off mix, or wire image from elsewhere.',
        fix: { do: 'enable', label: 'Take the bypass off', node: 'mix' },
      },
    ]);
  });

  it('passes nothing from a muted one', () => {
    const { problems } = planned({ mix: { bypassed: true }, noise: { muted: true } });
    expect(problems[0]?.what).toBe('show needs a latent from noise, which is muted.');
    expect(ids({ mix: { muted: true, bypassed: true } })).toEqual([]);
  });
});
