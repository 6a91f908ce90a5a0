import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type AnyNode, defineNode, type Host, seed } from '../core/define-node';
import { checkDocument, type Document } from '../core/document';
import { parametersOf } from '../core/parameters';
import { registryOf } from '../core/subgraph';
import { expandSubgraphs } from './expand';
import { nodesOf, plan, type Unit } from './plan';
import { prospectOf, sourceOf } from './prospect';

const base = { version: 1, help: '', icon: '' };
const amount = z.object({ amount: z.number().min(0).max(9).default(1).meta({ unit: 'px' }) });
const run = () => ({}) as never;
const registry = new Map<string, AnyNode>(
  [
    defineNode({
      ...base,
      type: 't/noise',
      title: 'Noise',
      params: z.object({ seed: seed().default('42') }),
      in: {},
      out: { latent: 'latent' },
      run,
    }),
    defineNode({
      ...base,
      type: 't/add',
      title: 'Add',
      params: amount,
      in: { latent: 'latent', other: { kind: 'latent', optional: true } },
      out: { latent: 'latent' },
      run,
    }),
    defineNode({
      ...base,
      type: 't/start',
      title: 'Start',
      params: z.object({}),
      in: { latent: 'latent' },
      out: { latent: 'latent' },
      loopStart: { end: 't/end', count: () => 1, enter: () => ({}) as never },
    }),
    defineNode({
      ...base,
      type: 't/end',
      title: 'End',
      params: z.object({}),
      in: { latent: 'latent' },
      out: { latent: 'latent' },
      loopEnd: { finish: () => ({}) as never },
    }),
    defineNode({
      ...base,
      type: 't/show',
      title: 'Show',
      params: amount,
      in: { latent: 'latent' },
      out: {},
      effect: true,
      run,
    }),
    defineNode({ ...base, type: 't/number', title: 'Number', params: amount, in: {}, out: { number: 'number' }, run }),
  ].map((node) => [node.type, node]),
);

type Node = Partial<Document['nodes'][number]> & { readonly id: string; readonly type: string };
const nodes = (list: readonly Node[]) => list.map((node) => ({ version: 1, at: [0, 0], params: {}, ...node }));
const wire = (from: string, to: string) => ({ from: from.split('.'), to: to.split('.') });
const border = [
  { id: 'in', type: 'subgraph/inputs' },
  { id: 'out', type: 'subgraph/outputs' },
];

/** A zone that adds twice: `add` in the zone by `amount`, and then another subgraph that adds once more. */
const subgraphs = [
  {
    id: 'loop',
    title: 'Loop',
    inputs: [{ name: 'start', kind: 'latent' }],
    outputs: [{ name: 'latent', kind: 'latent' }],
    params: [
      { name: 'amount', of: ['add', 'amount'] },
      { name: 'more', of: ['once', 'amount'] },
    ],
    nodes: nodes([
      ...border,
      { id: 's', type: 't/start' },
      { id: 'add', type: 't/add', params: { amount: 2 } },
      { id: 'e', type: 't/end' },
      { id: 'once', type: 'subgraph/once' },
    ]),
    wires: [
      wire('in.start', 's.latent'),
      wire('s.latent', 'add.latent'),
      wire('add.latent', 'e.latent'),
      wire('e.latent', 'once.latent'),
      wire('once.latent', 'out.latent'),
    ],
    zones: [{ id: 'z', start: 's', end: 'e' }],
  },
  {
    id: 'once',
    title: 'Once',
    inputs: [{ name: 'latent', kind: 'latent' }],
    outputs: [{ name: 'latent', kind: 'latent' }],
    params: [{ name: 'amount', of: ['add', 'amount'] }],
    nodes: nodes([...border, { id: 'add', type: 't/add', params: { amount: 5 } }]),
    wires: [wire('in.latent', 'add.latent'), wire('add.latent', 'out.latent')],
  },
];

const graph = (list: readonly Node[], wires: readonly object[], zones: readonly object[] = []): Document =>
  checkDocument({ format: 'weft', version: 1, id: 'g', name: 'g', nodes: nodes(list), wires, zones, subgraphs });

const withLoop = (loop: Partial<Node> = {}, more: readonly Node[] = [], wires: readonly object[] = []) =>
  graph(
    [
      { id: 'noise', type: 't/noise' },
      { id: 'loop', type: 'subgraph/loop', ...loop },
      { id: 'show', type: 't/show' },
      ...more,
    ],
    [wire('noise.latent', 'loop.start'), wire('loop.latent', 'show.latent'), ...wires],
  );

/** Content keys by node, as a run makes them. */
function keysOf(units: readonly Unit[]): Map<string, string> {
  const made = new Map<string, ReturnType<typeof prospectOf>>();
  for (const unit of units) {
    const entering = nodesOf(unit).flatMap((node) => node.inputs.filter(({ from }) => made.has(from[0])));
    const prospect = prospectOf(
      unit,
      entering.map((input) => sourceOf(input, made.get(input.from[0]) as never)),
      new Set(),
      {} as Host,
    );
    made.set(prospect.id, prospect);
  }
  return new Map([...made].map(([id, { keys }]) => [id, keys.join()]));
}

describe('a graph with subgraphs', () => {
  it('runs the nodes inside, zones too, under the names of their instances', () => {
    const { units, problems } = plan(withLoop(), registry);
    expect(problems).toEqual([]);
    expect(units.flatMap(nodesOf).map(({ id }) => id)).toEqual([
      'noise',
      'loop/s',
      'loop/add',
      'loop/e',
      'loop/once/add',
      'show',
    ]);
  });

  it('has the cache keys of the graph that has the same nodes in the open', () => {
    const open = graph(
      [
        { id: 'noise', type: 't/noise' },
        { id: 's', type: 't/start' },
        { id: 'a', type: 't/add', params: { amount: 3 } },
        { id: 'e', type: 't/end' },
        { id: 'b', type: 't/add', params: { amount: 5 } },
        { id: 'show', type: 't/show' },
      ],
      [
        wire('noise.latent', 's.latent'),
        wire('s.latent', 'a.latent'),
        wire('a.latent', 'e.latent'),
        wire('e.latent', 'b.latent'),
        wire('b.latent', 'show.latent'),
      ],
      [{ id: 'z', start: 's', end: 'e' }],
    );
    const keys = keysOf(plan(withLoop({ params: { amount: 3 } }), registry).units);
    const openKeys = keysOf(plan(open, registry).units);
    for (const [inner, same] of [
      ['loop/e', 'e'],
      ['loop/once/add', 'b'],
      ['show', 'show'],
    ] as const)
      expect(keys.get(inner)).toBe(openKeys.get(same));
  });

  it('takes what an instance sets, by name, also through an instance inside', () => {
    const { units } = plan(withLoop({ params: { amount: 4, more: 6 } }), registry);
    const params = Object.fromEntries(units.flatMap(nodesOf).map(({ id, params: set }) => [id, set.amount]));
    expect(params).toMatchObject({ 'loop/add': 4, 'loop/once/add': 6 });
    const usual = plan(withLoop(), registry).units.flatMap(nodesOf);
    expect(usual.map(({ params: set }) => set.amount)).toEqual([undefined, undefined, 2, undefined, 5, 1]);
  });

  it('takes a wire into a parameter of an instance', () => {
    const { units, problems } = plan(
      withLoop({ exposed: ['more'] }, [{ id: 'n', type: 't/number' }], [wire('n.number', 'loop.more')]),
      registry,
    );
    expect(problems).toEqual([]);
    const inner = units.flatMap(nodesOf).find(({ id }) => id === 'loop/once/add');
    expect(inner?.inputs.find(({ port }) => port === 'amount')?.from).toEqual(['n', 'number']);
  });

  it('runs up to an instance when that is asked for', () => {
    const ids = plan(withLoop(), registry, ['loop'])
      .units.flatMap(nodesOf)
      .map(({ id }) => id);
    expect(ids).toEqual(['noise', 'loop/s', 'loop/add', 'loop/e', 'loop/once/add']);
  });

  it('says what is wrong at the socket of the instance', () => {
    const unwired = graph(
      [
        { id: 'loop', type: 'subgraph/loop', title: 'My loop' },
        { id: 'show', type: 't/show' },
      ],
      [wire('loop.latent', 'show.latent')],
    );
    expect(plan(unwired, registry).problems).toEqual([
      { node: 'loop', port: 'start', what: 'My loop: start is not wired.', cure: 'Wire a latent into it.' },
    ]);
    expect(plan(withLoop({ params: { more: 100 } }), registry).problems).toMatchObject([
      { node: 'loop', port: 'more', what: expect.stringMatching(/^Add: amount cannot be used\./) },
    ]);
    expect(plan(withLoop({ params: { less: 1 } }), registry).problems).toEqual([
      { node: 'loop', port: 'less', what: 'Loop has no parameter called less.' },
    ]);
  });

  it('does not run what is muted, as one node', () => {
    expect(plan(withLoop({ muted: true }), registry).problems).toMatchObject([
      { node: 'show', what: 'Show needs a latent from Loop, which is muted.' },
    ]);
    const passing = plan(withLoop({ bypassed: true }), registry);
    expect(passing.units.flatMap(nodesOf).map(({ id }) => id)).toEqual(['noise', 'show']);
  });

  it('passes on what it is only handed through', () => {
    const through = {
      ...withLoop(),
      subgraphs: [
        {
          ...subgraphs[1],
          id: 'loop',
          inputs: [{ name: 'start', kind: 'latent' }],
          params: [],
          nodes: nodes(border),
          wires: [wire('in.start', 'out.latent')],
        },
      ],
    };
    const { units } = plan(checkDocument(through), registry);
    expect(units.flatMap(nodesOf).map(({ id, inputs }) => [id, inputs[0]?.from[0]])).toEqual([
      ['noise', undefined],
      ['show', 'noise'],
    ]);
  });
});

describe('an instance', () => {
  it('has the sockets and parameters that its subgraph shows, with the bounds and defaults of the nodes inside', () => {
    const definition = registryOf(withLoop(), registry).get('subgraph/loop');
    expect(definition).toMatchObject({ in: { start: { kind: 'latent' } }, out: { latent: { kind: 'latent' } } });
    expect(definition && parametersOf(definition)).toEqual([
      { name: 'amount', kind: 'number', default: 2, minimum: 0, maximum: 9, unit: 'px' },
      { name: 'more', kind: 'number', default: 5, minimum: 0, maximum: 9, unit: 'px' },
    ]);
  });

  it('keeps a seed a seed', () => {
    const document = checkDocument({
      ...withLoop(),
      subgraphs: [
        {
          id: 'loop',
          title: 'Noise',
          inputs: [],
          outputs: [{ name: 'latent', kind: 'latent' }],
          params: [{ name: 'seed', of: ['n', 'seed'] }],
          nodes: nodes([...border, { id: 'n', type: 't/noise', params: { seed: '18446744073709551615' } }]),
          wires: [wire('n.latent', 'out.latent')],
        },
      ],
    });
    const definition = registryOf(document, registry).get('subgraph/loop');
    expect(definition && parametersOf(definition)[0]).toMatchObject({
      widget: 'seed',
      default: '18446744073709551615',
    });
  });

  it('is written out with its frames of reference kept: rolls and sockets go to the nodes inside', () => {
    const { document } = expandSubgraphs(withLoop({ exposed: ['more'] }), registry);
    expect(document.nodes.find(({ id }) => id === 'loop/once/add')?.exposed).toEqual(['amount']);
  });
});
