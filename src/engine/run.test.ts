import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type AnyNode, defineNode, type Host } from '../core/define-node';
import type { Device, Tensor } from '../core/device';
import type { Document } from '../core/document';
import type { Registry } from '../core/graph';
import type { Schedule } from '../core/sampler-table';
import type { Latent, StepContext } from '../core/values';
import { OutputCache } from './cache';
import { RunControl } from './control';
import type { RunEvent } from './events';
import { plan } from './plan';
import { run } from './run';
import { TensorUse } from './tensor-use';

/** Counts how often each node ran, by title. */
const ran: string[] = [];
const alive = new Set<Tensor>();

const tensor = (value: number): Tensor & { value: number } => {
  const made = { type: 'float32' as const, dims: [1], bytes: 4, place: 'host' as const, value };
  alive.add(made);
  return made;
};
const latent = (value: number): Latent => ({ tensor: tensor(value) });
const read = (value: Latent) => (value.tensor as ReturnType<typeof tensor>).value;
const device = { dispose: (t: Tensor) => alive.delete(t) } as unknown as Device;
const host = {} as Host;

const empty = z.object({});
const nodes: AnyNode[] = [
  defineNode({
    type: 'test/number',
    version: 1,
    title: 'Number',
    help: '',
    icon: '',
    params: z.object({ value: z.number().default(1) }),
    in: {},
    out: { number: 'number' },
    run: ({ params, title }) => {
      ran.push(title);
      return { number: params.value };
    },
  }),
  defineNode({
    type: 'test/list',
    version: 1,
    title: 'List',
    help: '',
    icon: '',
    params: z.object({ values: z.array(z.number()) }),
    in: {},
    out: { numbers: { kind: 'number', lists: true } },
    run: ({ params, title }) => {
      ran.push(title);
      return { numbers: params.values.map((value) => ({ label: `n ${value}`, value })) };
    },
  }),
  defineNode({
    type: 'test/latent',
    version: 1,
    title: 'Latent',
    help: '',
    icon: '',
    params: z.object({ value: z.number().max(100).default(0) }),
    in: {},
    out: { latent: 'latent' },
    run: ({ params, title }) => {
      ran.push(title);
      return { latent: latent(params.value) };
    },
  }),
  defineNode({
    type: 'test/add',
    version: 1,
    title: 'Add',
    help: '',
    icon: '',
    params: z.object({ amount: z.number().min(0).max(1000).default(0) }),
    in: { latent: 'latent', step: { kind: 'step', optional: true } },
    out: { latent: 'latent' },
    run: ({ in: { latent: input }, params, title }) => {
      ran.push(title);
      return { latent: latent(read(input) + params.amount) };
    },
  }),
  defineNode({
    type: 'test/fail',
    version: 1,
    title: 'Fail',
    help: '',
    icon: '',
    params: empty,
    in: { latent: 'latent' },
    out: { latent: 'latent' },
    run: () => {
      throw new Error('There is not enough memory.');
    },
  }),
  defineNode({
    type: 'test/seen',
    version: 1,
    title: 'Seen',
    help: '',
    icon: '',
    effect: true,
    params: empty,
    in: { latents: { kind: 'latent', gathers: true } },
    out: {},
    run: ({ in: { latents }, title }) => {
      seen.set(title, { axes: latents.axes.map((a) => a.labels), values: latents.items.map(read) });
      return {};
    },
  }),
  defineNode({
    type: 'test/schedule',
    version: 1,
    title: 'Schedule',
    help: '',
    icon: '',
    params: z.object({ steps: z.int().default(3) }),
    in: {},
    out: { schedule: 'schedule' },
    run: ({ params }) => ({ schedule: { steps: new Array(params.steps).fill({}) } as unknown as Schedule }),
  }),
  defineNode({
    type: 'test/start',
    version: 1,
    title: 'Start',
    help: '',
    icon: '',
    params: empty,
    in: { latent: 'latent', schedule: 'schedule' },
    out: { latent: 'latent', step: 'step' },
    loopStart: {
      end: 'test/end',
      count: ({ schedule }) => schedule.steps.length,
      enter: ({ in: input, previous, index }) => ({
        latent: (previous?.latent as Latent | undefined) ?? input.latent,
        step: { index, count: 9, step: { sigma: 1 } } as StepContext,
      }),
    },
  }),
  defineNode({
    type: 'test/end',
    version: 1,
    title: 'End',
    help: '',
    icon: '',
    params: empty,
    in: { latent: 'latent' },
    out: { latent: 'latent' },
    loopEnd: { finish: ({ evaluations }) => ({ latent: evaluations.at(-1)?.latent as Latent }) },
  }),
  defineNode({
    type: 'test/sum-of-all',
    version: 1,
    title: 'Sum',
    help: '',
    icon: '',
    params: empty,
    in: { latent: 'latent', more: 'latent' },
    out: { latent: 'latent' },
    initial: () => 0,
    run: ({ in: { latent: a, more }, state, title }) => {
      ran.push(title);
      return { latent: latent(read(a) + read(more) + state), state: state + 100 };
    },
  }),
  defineNode({
    type: 'test/joint',
    version: 1,
    title: 'Joint',
    help: '',
    icon: '',
    params: empty,
    in: { latent: 'latent', own: 'latent' },
    out: { latent: 'latent' },
    together: {
      same: ['latent'],
      run: async ({ runs }) => {
        ran.push(`joint of ${runs.length}`);
        return runs.map((r) => ({ latent: latent(read(r.latent) + read(r.own)) }));
      },
    },
  }),
];
/** What the host has to say to the node below. */
let beside: readonly string[] = [];
nodes.push(
  defineNode({
    type: 'test/asks',
    version: 1,
    title: 'Asks',
    help: '',
    icon: '',
    params: empty,
    in: {},
    out: { latent: 'latent' },
    dependsOn: () => beside,
    run: ({ title }) => {
      ran.push(title);
      return { latent: latent(beside.length) };
    },
  }),
);
const registry: Registry = new Map(nodes.map((node) => [node.type, node]));
const seen = new Map<string, { axes: (readonly string[])[]; values: number[] }>();

type Spec = Record<string, [type: string, params?: Record<string, unknown>]>;
const graph = (spec: Spec, wires: string[], zones: Document['zones'] = []): Document => ({
  format: 'weft',
  version: 1,
  id: 'g',
  name: 'g',
  frames: [],
  zones,
  nodes: Object.entries(spec).map(([id, [type, params = {}]]) => ({
    id,
    type: `test/${type}`,
    version: 1,
    at: [0, 0],
    title: id,
    params: params as Document['nodes'][number]['params'],
  })),
  wires: wires.map((wire) => {
    const [from, to] = wire.split(' > ').map((end) => end.split('.') as [string, string]);
    return { from: from as [string, string], to: to as [string, string] };
  }),
});

function bench(budget = { gpu: 0, host: 1e6 }) {
  const use = new TensorUse(device);
  const cache = new OutputCache(use, budget);
  return {
    use,
    cache,
    async run(
      document: Document,
      control = new RunControl(),
      onEvent: (event: RunEvent) => void = () => {},
      targets?: string[],
    ) {
      ran.length = 0;
      seen.clear();
      const events: RunEvent[] = [];
      const emit = (event: RunEvent) => {
        events.push(event);
        onEvent(event);
      };
      const outcome = await run(plan(document, registry, targets), { device, host, use, control, emit }, cache);
      return { outcome, events, ran: [...ran] };
    },
  };
}

const zoned = (steps: number): Document =>
  graph(
    {
      noise: ['latent', { value: 1 }],
      bias: ['latent', { value: 10 }],
      schedule: ['schedule', { steps }],
      start: ['start'],
      hoisted: ['add', { amount: 1 }],
      sampler: ['sum-of-all'],
      end: ['end'],
      out: ['seen'],
    },
    [
      'noise.latent > start.latent',
      'schedule.schedule > start.schedule',
      'bias.latent > hoisted.latent',
      'start.latent > sampler.latent',
      'hoisted.latent > sampler.more',
      'sampler.latent > end.latent',
      'end.latent > out.latents',
    ],
    [{ id: 'zone', start: 'start', end: 'end' }],
  );

describe('a run', () => {
  it('does not run again what did not change, whatever it is called and wherever it stands', async () => {
    const { run } = bench();
    const first = graph(
      { a: ['latent', { value: 1 }], b: ['add', { amount: 2 }], c: ['add', { amount: 3 }], out: ['seen'] },
      ['a.latent > b.latent', 'b.latent > c.latent', 'c.latent > out.latents'],
    );
    expect((await run(first)).ran).toEqual(['a', 'b', 'c']);
    expect((await run(first)).ran).toEqual([]);
    const moved = JSON.parse(
      JSON.stringify(first).replaceAll('"b"', '"renamed"').replaceAll('[0,0]', '[7,7]'),
    ) as Document;
    expect((await run(moved)).ran).toEqual([]);
    expect(seen.get('out')?.values).toEqual([6]);
    const changed: Document = {
      ...first,
      nodes: first.nodes.map((n) => (n.id === 'c' ? { ...n, params: { amount: 4 } } : n)),
    };
    const { ran, events } = await run(changed);
    expect(ran).toEqual(['c']);
    expect(events.filter((e) => e.type === 'done' && e.cached).map((e) => 'node' in e && e.node)).toEqual(['a', 'b']);
    expect((await run(first)).ran).toEqual([]);
  });

  it('runs a node again when something else that it depends on is another, and not when that is as before', async () => {
    const { run } = bench();
    const asking = graph({ a: ['asks'], b: ['add'], out: ['seen'] }, ['a.latent > b.latent', 'b.latent > out.latents']);
    expect((await run(asking)).ran).toEqual(['a', 'b']);
    beside = ['moon sha256:1'];
    expect((await run(asking)).ran).toEqual(['a', 'b']);
    beside = ['moon sha256:2'];
    expect((await run(asking)).ran).toEqual(['a', 'b']);
    expect((await run(asking)).ran).toEqual([]);
    beside = [];
    expect((await run(asking)).ran).toEqual([]);
  });

  it('tells what did not change before the first node runs', async () => {
    const { run } = bench();
    const chain = (amount: number) =>
      graph({ a: ['latent', { value: 1 }], b: ['add', { amount }], c: ['add'], out: ['seen'] }, [
        'a.latent > b.latent',
        'b.latent > c.latent',
        'c.latent > out.latents',
      ]);
    await run(chain(1));
    const { events } = await run(chain(2));
    expect(events.slice(0, 3)).toMatchObject([
      { type: 'planned', nodes: ['a', 'b', 'c', 'out'], loops: [] },
      { type: 'done', node: 'a', cached: true },
      { type: 'started', node: 'b' },
    ]);
  });

  it('runs what was evicted again, and nothing before a value that is still there', async () => {
    const { run, cache } = bench();
    const document = graph({ a: ['latent', { value: 1 }], b: ['add', { amount: 2 }], out: ['seen'] }, [
      'a.latent > b.latent',
      'b.latent > out.latents',
    ]);
    await run(document);
    cache.clear();
    expect((await run(document)).ran).toEqual(['a', 'b']);
  });

  it('names the node, the cause and the cure of a failure, skips what depends on it and runs the rest', async () => {
    const { run, use } = bench();
    const document = graph(
      {
        a: ['latent'],
        bad: ['fail'],
        after: ['add'],
        lost: ['seen'],
        fine: ['add', { amount: 5 }],
        out: ['seen'],
        unwired: ['add'],
        unknown: ['nothing-like-it'],
      },
      [
        'a.latent > bad.latent',
        'bad.latent > after.latent',
        'after.latent > lost.latents',
        'a.latent > fine.latent',
        'fine.latent > out.latents',
      ],
    );
    const { outcome, events } = await run(document, undefined, undefined, ['lost', 'out', 'unwired', 'unknown']);
    expect(outcome).toBe('failed');
    expect(seen.get('out')?.values).toEqual([5]);
    const failures = events.flatMap((e) => (e.type === 'failed' ? [e.problem] : []));
    expect(failures).toContainEqual({ node: 'bad', what: 'There is not enough memory.' });
    expect(failures).toContainEqual({
      node: 'unwired',
      port: 'latent',
      what: 'unwired: latent is not wired.',
      cure: 'Wire a latent into it.',
    });
    expect(failures.find((p) => p.node === 'unknown')?.what).toBe('Weft has no node of the type test/nothing-like-it.');
    expect(events.filter((e) => e.type === 'skipped')).toEqual([
      { type: 'skipped', node: 'after', because: 'bad' },
      { type: 'skipped', node: 'lost', because: 'bad' },
    ]);
    expect(use.size).toBe(2);
  });

  it('runs once per item of a list behind the fork only, and for two lists once per cell of their grid', async () => {
    const { run } = bench();
    const sweep = (first: number[], second: number[]) =>
      graph(
        {
          a: ['latent', { value: 1 }],
          before: ['add'],
          n: ['list', { values: first }],
          m: ['list', { values: second }],
          x: ['add'],
          y: ['add'],
          out: ['seen'],
        },
        [
          'a.latent > before.latent',
          'before.latent > x.latent',
          'n.numbers > x.amount',
          'x.latent > y.latent',
          'm.numbers > y.amount',
          'y.latent > out.latents',
        ],
      );
    const { ran } = await run(sweep([10, 20, 30], [100, 200]));
    expect(ran.filter((title) => title === 'before')).toHaveLength(1);
    expect(ran.filter((title) => title === 'x')).toHaveLength(3);
    expect(ran.filter((title) => title === 'y')).toHaveLength(6);
    expect(seen.get('out')).toEqual({
      axes: [
        ['n 10', 'n 20', 'n 30'],
        ['n 100', 'n 200'],
      ],
      values: [111, 211, 121, 221, 131, 231],
    });
    // One more number: only what is new runs.
    const more = await run(sweep([10, 20, 30, 40], [100, 200]));
    expect(more.ran.filter((title) => title === 'x' || title === 'y')).toEqual(['x', 'y', 'y']);
    expect(seen.get('out')?.values).toEqual([111, 211, 121, 221, 131, 231, 141, 241]);
  });

  it('lets values that come from one list go together instead of making a grid', async () => {
    const { run } = bench();
    const document = graph(
      { a: ['latent', { value: 1 }], n: ['list', { values: [10, 20] }], x: ['add'], y: ['add'], out: ['seen'] },
      [
        'a.latent > x.latent',
        'n.numbers > x.amount',
        'x.latent > y.latent',
        'n.numbers > y.amount',
        'y.latent > out.latents',
      ],
    );
    await run(document);
    expect(seen.get('out')).toEqual({ axes: [['n 10', 'n 20']], values: [21, 41] });
  });

  it('says in a few words what came out of each port', async () => {
    const { run } = bench();
    const document = graph(
      { a: ['latent', { value: 1 }], n: ['list', { values: [10, 20] }], x: ['add'], out: ['seen'] },
      ['a.latent > x.latent', 'n.numbers > x.amount', 'x.latent > out.latents'],
    );
    const { events } = await run(document);
    const outputs = events.flatMap((event) => (event.type === 'done' ? [[event.node, event.outputs]] : []));
    expect(Object.fromEntries(outputs)).toMatchObject({
      a: { latent: { text: '1' } },
      n: { numbers: { text: '2 values' } },
      x: { latent: { text: '1' } },
    });
  });

  it('checks a parameter that arrives by wire as if it were typed in', async () => {
    const { run } = bench();
    const document = graph({ a: ['latent'], n: ['number', { value: -5 }], x: ['add'], out: ['seen'] }, [
      'a.latent > x.latent',
      'n.number > x.amount',
      'x.latent > out.latents',
    ]);
    const { events } = await run(document);
    expect(events.find((e) => e.type === 'failed')).toEqual({
      type: 'failed',
      node: 'x',
      problem: {
        node: 'x',
        port: 'amount',
        what: 'x: amount cannot be -5. It takes 0 to 1000.',
        cure: 'Change the value that is wired to it.',
      },
    });
  });
});

describe('a zone', () => {
  it('runs its inside once per evaluation with the end fed back, keeps state, and hoists what does not depend on the loop', async () => {
    const { run } = bench();
    const { ran, events } = await run(zoned(3));
    // 1 + 11 + 0 = 12; 12 + 11 + 100 = 123; 123 + 11 + 200 = 334
    expect(seen.get('out')?.values).toEqual([334]);
    expect(ran.filter((title) => title === 'sampler')).toHaveLength(3);
    expect(ran.filter((title) => title === 'hoisted')).toHaveLength(1);
    expect(events.filter((e) => e.type === 'progress' && e.node === 'sampler')).toHaveLength(3);
    expect((await run(zoned(3))).ran).toEqual([]);
  });

  it('frees every tensor that nobody keeps', async () => {
    const { run, use, cache } = bench();
    alive.clear();
    await run(zoned(20));
    cache.clear();
    expect(use.size).toBe(0);
    expect(alive.size).toBe(0);
  });

  it('runs nodes that differ in one input together', async () => {
    const { run } = bench();
    const document = graph(
      {
        noise: ['latent', { value: 1 }],
        c: ['latent', { value: 2 }],
        u: ['latent', { value: 3 }],
        schedule: ['schedule', { steps: 2 }],
        start: ['start'],
        p: ['joint'],
        q: ['joint'],
        sum: ['sum-of-all'],
        end: ['end'],
        out: ['seen'],
      },
      [
        'noise.latent > start.latent',
        'schedule.schedule > start.schedule',
        'start.latent > p.latent',
        'c.latent > p.own',
        'start.latent > q.latent',
        'u.latent > q.own',
        'p.latent > sum.latent',
        'q.latent > sum.more',
        'sum.latent > end.latent',
        'end.latent > out.latents',
      ],
      [{ id: 'zone', start: 'start', end: 'end' }],
    );
    const { ran } = await run(document);
    expect(ran.filter((title) => title.startsWith('joint'))).toEqual(['joint of 2', 'joint of 2']);
    // 3 + 4 = 7; 9 + 10 + 100 = 119
    expect(seen.get('out')?.values).toEqual([119]);
  });

  it('runs as a whole once per item of a list that enters it', async () => {
    const { run } = bench();
    const base = zoned(2);
    const document: Document = {
      ...base,
      nodes: [...base.nodes, { id: 'n', type: 'test/list', version: 1, at: [0, 0], params: { values: [0, 9] } }],
      wires: [...base.wires, { from: ['n', 'numbers'], to: ['hoisted', 'amount'] }],
    };
    await run(document);
    // (1 + 10) + 10 + 100 = 121; (1 + 19) + 19 + 100 = 139
    expect(seen.get('out')).toEqual({ axes: [['n 0', 'n 9']], values: [121, 139] });
  });

  it('stops within the evaluation in which it was cancelled, and a later run starts afresh', async () => {
    const { run, use } = bench();
    const control = new RunControl();
    let evaluations = 0;
    const { outcome, ran } = await run(zoned(50), control, (event) => {
      if (event.type === 'progress' && event.node === 'sampler' && ++evaluations === 7) control.cancel();
    });
    expect(outcome).toBe('cancelled');
    expect(ran.filter((title) => title === 'sampler')).toHaveLength(7);
    expect(use.size).toBeGreaterThan(0);
    const again = await run(zoned(50));
    expect(again.outcome).toBe('done');
    expect(again.ran.filter((title) => title === 'sampler')).toHaveLength(50);
  });

  it('pauses between evaluations and goes on where it was', async () => {
    const { run } = bench();
    let evaluations = 0;
    let reached = () => {};
    const pausedAt = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const control = new RunControl(reached);
    const running = run(zoned(10), control, (event) => {
      if (event.type !== 'progress' || event.node !== 'sampler') return;
      if (++evaluations === 4) control.pause();
    });
    await pausedAt;
    const settled = await Promise.race([
      running,
      new Promise((resolve) => setImmediate(() => resolve('still paused'))),
    ]);
    expect(settled).toBe('still paused');
    expect(evaluations).toBe(4);
    control.resume();
    expect((await running).outcome).toBe('done');
    expect(evaluations).toBe(10);
  });

  it('can be stopped while it stands still', async () => {
    const { run } = bench();
    const control = new RunControl(() => control.cancel());
    const { outcome, ran } = await run(zoned(10), control, (event) => {
      if (event.type === 'progress' && event.node === 'sampler') control.pause();
    });
    expect(outcome).toBe('cancelled');
    expect(ran.filter((title) => title === 'sampler')).toHaveLength(1);
  });

  it('runs what is ready by itself before a batch, so that the batch is as large as it can be', () => {
    const names = ['p', 'q', 'r'];
    const document = graph(
      {
        noise: ['latent'],
        schedule: ['schedule'],
        start: ['start'],
        p: ['joint'],
        change: ['add'],
        q: ['joint'],
        again: ['add'],
        r: ['joint'],
        end: ['end'],
      },
      [
        'noise.latent > start.latent',
        'schedule.schedule > start.schedule',
        'start.latent > change.latent',
        'change.latent > again.latent',
        ...names.map((id) => `start.latent > ${id}.latent`),
        'noise.latent > p.own',
        'change.latent > q.own',
        'again.latent > r.own',
        'r.latent > end.latent',
      ],
      [{ id: 'zone', start: 'start', end: 'end' }],
    );
    const zone = plan(document, registry, ['p', 'q', 'r', 'end']).units.find((unit) => 'zone' in unit);
    expect(zone?.body.map((part) => ('zone' in part ? [] : part.map(({ id }) => id)))).toEqual([
      ['change'],
      ['again'],
      names,
    ]);
  });

  it('does not run when a node inside is broken, and says so at that node', async () => {
    const { run } = bench();
    const base = zoned(2);
    const { outcome, events } = await run({ ...base, wires: base.wires.filter((w) => w.to[1] !== 'more') });
    expect(outcome).toBe('failed');
    expect(events.flatMap((e) => (e.type === 'failed' ? [e.node] : []))).toEqual(['sampler']);
    expect(seen.size).toBe(0);
  });
});
