import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { canConnect } from '../../core/connect';
import { type AnyNode, defineNode, seed } from '../../core/define-node';
import { checkDocument, type Document, emptyDocument, type WireEnd } from '../../core/document';
import { graphOf } from '../../core/graph';
import { registryOf, subgraphOf } from '../../core/subgraph';
import { fixFor } from '../../engine/problems/fix';
import { arrangeGraph } from '../layout/arrange-graph';
import { type History, historyOf, perform, redone, undone } from '../state/history';
import { align, distribute } from './arrange';
import type { Box } from './boxes';
import { removal } from './bridge';
import { excerpt, pasteExcerpt } from './clipboard';
import { colors } from './colors';
import { conversionBetween, convert } from './conversion';
import { frameAround, retitleFrame } from './frames';
import { insertion } from './insert';
import { mend } from './mend';
import { addNodes, newNodes, renameDocument, retitleNode } from './nodes';
import { addNote, newNoteId, writeNote } from './notes';
import { exposeParameter, setParameter } from './parameters';
import { colorPart, moveParts, type Part, partsOf, placeParts, resizePart } from './parts';
import type { Recipe } from './recipe';
import { addReroute, feedReroute, moveReroutes, removeReroutes, reroutesOf } from './reroutes';
import { rolledSeeds, rollSeeds, seedsOf, setRoll, setSeeds, takeSeeds } from './seeds';
import { expandInstance } from './subgraph-expand';
import { insideOf, within } from './subgraph-inside';
import { makeSubgraph } from './subgraph-make';
import { hiddenPorts, hidePort, renamePort, showPort } from './subgraph-ports';
import { toggleNodes } from './switches';
import { connect, disconnect, wireId } from './wires';
import { wrapInZone } from './wrap-zone';

const params = z.object({ value: z.number().default(0), seed: seed().default('1') });
const base = { version: 1, help: '', icon: '', params };
const run = () => ({}) as never;
const definitions: AnyNode[] = [
  defineNode({ ...base, type: 't/noise', title: 'Noise', in: {}, out: { latent: 'latent', n: 'integer' }, run }),
  defineNode({
    ...base,
    type: 't/mix',
    title: 'Mix',
    in: { a: 'latent', b: { kind: 'latent', optional: true } },
    out: { latent: 'latent' },
    run,
  }),
  defineNode({ ...base, type: 't/decode', title: 'Decode', in: { latent: 'latent' }, out: { image: 'image' }, run }),
  defineNode({ ...base, type: 't/show', title: 'Show', in: { image: 'image' }, out: {}, run }),
  defineNode({
    ...base,
    type: 't/start',
    title: 'Start',
    in: { latent: 'latent' },
    out: { latent: 'latent' },
    loopStart: { end: 't/end', count: () => 1, enter: () => ({}) as never },
  }),
  defineNode({
    ...base,
    type: 't/end',
    title: 'End',
    in: { latent: 'latent' },
    out: { latent: 'latent' },
    loopEnd: { finish: () => ({}) as never },
  }),
];
const program = new Map(definitions.map((node) => [node.type, node]));
const definitionsOf = (document: Document) => registryOf(document, program);

/** Numbers that a command picks by; each is taken modulo what there is. */
interface Dice {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

const pick = <T>(list: readonly T[], die: number): T | undefined => list[die % list.length];
const boxOf = ({ at, size }: Part): Box => ({ x: at[0], y: at[1], width: size?.[0] || 120, height: size?.[1] || 80 });
const nothing: Recipe = () => {};

/** Some parts: the one that is picked, and every second one after it where the die says so. */
const some = (document: Document, { a, b }: Dice): Part[] => {
  const all = partsOf(document);
  const first = all.length ? a % all.length : 0;
  return all.filter((_, i) => i === first || (b % 2 === 1 && i % 2 === 0));
};
const boxes = (document: Document, dice: Dice) => new Map(some(document, dice).map((part) => [part.id, boxOf(part)]));

function sockets(document: Document, { a, b, c }: Dice): readonly [WireEnd, WireEnd] | undefined {
  const [from, to] = [pick(document.nodes, a), pick(document.nodes, b)];
  const [source, target] = [definitionsOf(document).get(from?.type ?? ''), definitionsOf(document).get(to?.type ?? '')];
  const output = source && pick(Object.keys(source.out), c);
  const input = target && pick([...Object.keys(target.in), ...(to?.exposed ?? [])], c);
  return from && to && output !== undefined && input !== undefined
    ? [
        [from.id, output],
        [to.id, input],
      ]
    : undefined;
}

const sides = ['inputs', 'outputs', 'params'] as const;
/** Commands that change subgraphs from outside; they see the whole graph whatever is open. */
const ofWhole = new Set(['show', 'hide', 'rename']);

/** What the user can do to a graph, by what the commands of the editor call. */
const commands: Readonly<Record<string, (document: Document, dice: Dice) => Recipe>> = {
  add: (document, { a, b, c }) =>
    addNodes(
      newNodes(document, definitionsOf(document), definitions[a % 5] as AnyNode, [b % 900, c % 700]),
      definitionsOf(document),
    ),
  wire: (document, dice) => {
    const ends = sockets(document, dice);
    return ends && canConnect(document, definitionsOf(document), ...ends).ok ? connect(...ends) : nothing;
  },
  mend: (document, { a, b, c }) => {
    const node = pick(document.nodes, a);
    const port = pick(Object.keys(definitionsOf(document).get(node?.type ?? '')?.in ?? {}), b);
    const fix =
      node &&
      port !== undefined &&
      c % 4 === 0 &&
      fixFor(document, definitionsOf(document), { node: node.id, port, what: '' });
    return fix ? mend(fix, definitionsOf(document)) : nothing;
  },
  'show seeds': (document, { a }) => {
    const seeds = rolledSeeds(document, definitionsOf(document), new Set(document.nodes.map(({ id }) => id)), 'random');
    return setSeeds(seeds.map((seed) => ({ ...seed, value: String(a) })));
  },
  unwire: (document, { a }) => {
    const wire = pick(document.wires, a);
    return wire ? disconnect(new Set([wireId(wire.to)])) : nothing;
  },
  reroute: (document, { a, b, c }) => {
    const wire = pick(document.wires, a);
    return wire ? addReroute(wireId(wire.to), b % ((wire.via?.length ?? 0) + 1), [b - 500.5, c]) : nothing;
  },
  'move reroute': (document, { a, b, c }) =>
    moveReroutes(new Map([[pick([...reroutesOf(document).keys()], a) ?? '', [b, c - 500.25]]])),
  'remove reroute': (document, { a }) => removeReroutes([pick([...reroutesOf(document).keys()], a) ?? '']),
  'feed reroute': (document, { a, b, c }) => {
    const [reroute, node] = [pick([...reroutesOf(document).values()], a), pick(document.nodes, b)];
    const output = pick(Object.keys(definitionsOf(document).get(node?.type ?? '')?.out ?? {}), c);
    const fits =
      node &&
      output &&
      reroute?.to.every((to) => canConnect(document, definitionsOf(document), [node.id, output], to).ok) &&
      feedReroute(reroute, [node.id, output], c % 2 ? [[b, c]] : []);
    return fits || nothing;
  },
  wrap: (document, dice) => {
    const ids = new Set(some(document, dice).map(({ id }) => id));
    const all = new Map(document.nodes.map((part) => [part.id, boxOf(part)]));
    const wrapped = wrapInZone(document, definitionsOf(document), definitions[4] as AnyNode, ids, all);
    return 'recipe' in wrapped ? wrapped.recipe : nothing;
  },
  remove: (document, dice) => {
    const wire = pick(document.wires, dice.c);
    const ids = some(document, dice).map(({ id }) => id);
    return removal(document, definitionsOf(document), ids, new Set(wire && dice.c % 3 === 0 ? [wireId(wire.to)] : []));
  },
  insert: (document, { a, b }) => {
    const [wire, node] = [pick(document.wires, a), pick(document.nodes, b)];
    return (wire && node && insertion(document, definitionsOf(document), wireId(wire.to), node.id)) ?? nothing;
  },
  convert: (document, dice) => {
    const ends = sockets(document, dice);
    const conversion = ends && conversionBetween(document, definitionsOf(document), ...ends);
    return (conversion && ends && convert(document, definitionsOf(document), conversion, ...ends)?.recipe) ?? nothing;
  },
  duplicate: (document, dice) =>
    pasteExcerpt(
      document,
      excerpt(
        document,
        some(document, dice).map(({ id }) => id),
      ),
      [24, 24],
    ).recipe,
  move: (document, dice) =>
    moveParts(new Map(some(document, dice).map(({ id }) => [id, [dice.b - 500.25, dice.c / 3] as const]))),
  arrange: (document, { c }) => {
    // It is slow beside the others, and what it does is proved in its own test.
    if (c % 8) return nothing;
    const all = new Map(partsOf(document).map((part) => [part.id, boxOf(part)]));
    const { at, sizes } = arrangeGraph(graphOf(document), definitionsOf(document), all, () => 30);
    return placeParts(at, sizes);
  },
  align: (document, dice) => moveParts(align(boxes(document, dice), dice.c % 2 ? 'x' : 'y', 0.5)),
  distribute: (document, dice) => moveParts(distribute(boxes(document, dice), dice.c % 2 ? 'x' : 'y')),
  resize: (document, { a, b, c }) => resizePart(pick(partsOf(document), a)?.id ?? '', [b, c]),
  color: (document, { a, b }) =>
    colorPart(pick(partsOf(document), a)?.id ?? '', b % 4 ? pick(colors, b)?.value : undefined),
  mute: (document, dice) =>
    toggleNodes(
      some(document, dice).map(({ id }) => id),
      'muted',
    ),
  bypass: (document, dice) =>
    toggleNodes(
      some(document, dice).map(({ id }) => id),
      'bypassed',
    ),
  collapse: (document, dice) =>
    toggleNodes(
      some(document, dice).map(({ id }) => id),
      'collapsed',
    ),
  title: (document, { a, b }) => retitleNode(pick(document.nodes, a)?.id ?? '', b % 3 ? `Title ${b}` : ' '),
  name: (_, { a }) => renameDocument(`Graph ${a % 9}`),
  parameter: (document, { a, b }) =>
    setParameter(pick(document.nodes, a)?.id ?? '', 'value', b % 4 ? b / 7 : undefined),
  expose: (document, { a, b }) =>
    exposeParameter(pick(document.nodes, a)?.id ?? '', b % 2 ? 'value' : 'seed', b % 3 > 0),
  frame: (document, dice) => frameAround([...boxes(document, dice).values()], `Frame ${dice.c % 5}`),
  retitle: (document, { a, b }) => retitleFrame(pick(document.frames, a)?.id ?? '', `Frame ${b}`),
  note: (document, { a, b }) => addNote(newNoteId(document), [a % 900, b % 900]),
  write: (document, { a, b }) => writeNote(pick(document.notes ?? [], a)?.id ?? '', `# ${b}`),
  roll: (document, { a, b }) =>
    setRoll(
      pick(document.nodes, a)?.id ?? '',
      'seed',
      pick(['random', 'increment', 'decrement', undefined] as const, b),
    ),
  gather: (document, dice) => {
    const made = makeSubgraph(
      document,
      definitionsOf(document),
      some(document, dice).map(({ id }) => id),
    );
    return 'recipe' in made ? made.recipe : nothing;
  },
  scatter: (document, { a }) => {
    const instances = document.nodes.filter(({ type }) => subgraphOf(document, type));
    const expansion = expandInstance(document, pick(instances, a)?.id ?? '');
    return 'recipe' in expansion ? expansion.recipe : nothing;
  },
  show: (document, { a, b }) => {
    const subgraph = pick(document.subgraphs ?? [], a);
    const port = subgraph && pick(hiddenPorts(subgraph, definitionsOf(document)), b);
    return subgraph && port ? showPort(subgraph.id, port) : nothing;
  },
  hide: (document, { a, b, c }) => {
    const [subgraph, side] = [pick(document.subgraphs ?? [], a), pick(sides, b)];
    const port = subgraph && side && pick<{ readonly name: string }>(subgraph[side], c);
    return port && side ? hidePort(subgraph.id, side, port.name) : nothing;
  },
  rename: (document, { a, b, c }) => {
    const [subgraph, side] = [pick(document.subgraphs ?? [], a), pick(sides, b)];
    const port = subgraph && side && pick<{ readonly name: string }>(subgraph[side], c);
    return port && side ? renamePort(document, subgraph.id, side, port.name, `name ${c}`) : nothing;
  },
  run: (document, { a }) => rollSeeds(definitionsOf(document), new Set(document.nodes.map(({ id }) => id)), () => a),
  reseed: (document, { a }) => takeSeeds(seedsOf(document, definitionsOf(document), pick(document.nodes, a)?.id ?? '')),
};

const step = fc.record({
  command: fc.constantFrom('undo', 'redo', ...Object.keys(commands), 'add', 'add', 'wire', 'wire', 'wire'),
  gesture: fc.option(fc.constantFrom('one', 'two'), { freq: 4 }),
  a: fc.nat(1000),
  b: fc.nat(1000),
  c: fc.nat(1000),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Inside of a subgraph where there is one and the die says so. */
function pathFor({ subgraphs = [], nodes }: Document, { b, c }: Dice): readonly string[] {
  const instance = nodes.find(({ type }) => subgraphOf({ subgraphs }, type));
  return instance && (b + c) % 2 === 0 ? [instance.id] : [];
}

function done(history: History, { command, gesture, ...dice }: Step): History {
  if (command === 'undo') return undone(history);
  if (command === 'redo') return redone(history);
  const path = ofWhole.has(command) ? [] : pathFor(history.document, dice);
  const recipe = commands[command]?.(insideOf(history.document, path), dice) ?? nothing;
  return perform(history, command, within(path, recipe), gesture ?? undefined, path);
}

/** Something of everything, so that commands have what they act on from the first one. */
const start = (() => {
  const list: Partial<Step>[] = [0, 1, 1, 2, 3, 4].map((a) => ({ command: 'add', a }));
  const steps = [...list, { command: 'note' }, { command: 'frame', b: 1 }];
  return historyOf(
    steps.reduce(
      (history, some) => done(history, { a: 0, b: 0, c: 0, gesture: null, command: '', ...some }),
      historyOf(emptyDocument('d', 'D')),
    ).document,
  );
})();

describe('10,000 random sequences of commands', () => {
  it('leave valid graphs at every step, and come back exactly when undone and redone', () => {
    const used = new Set<string>();
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        let history = start;
        for (const next of steps) {
          const before = history.document;
          history = done(history, next);
          if (history.document === before) continue;
          used.add(next.command);
          expect(checkDocument(structuredClone(history.document))).toEqual(history.document);
        }
        const last = history.document;
        const count = history.past.length;
        for (let i = 0; i < count; i++) history = undone(history);
        expect(history.document).toEqual(start.document);
        for (let i = 0; i < count; i++) history = redone(history);
        expect(history.document).toEqual(last);
      }),
      { numRuns: 10_000 },
    );
    // Each command did something at least once, so none of them passes by doing nothing.
    expect(used).toEqual(new Set(['undo', 'redo', ...Object.keys(commands)]));
  }, 240_000);
});
