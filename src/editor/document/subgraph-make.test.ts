import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { canConnect } from '../../core/connect';
import { type AnyNode, defineNode, type Host, seed } from '../../core/define-node';
import { checkDocument, type Document, emptyDocument, type WireEnd } from '../../core/document';
import { registryOf } from '../../core/subgraph';
import { inputsOf, type PlannedInput, plan } from '../../engine/plan';
import { type Prospect, prospectOf, sourceOf } from '../../engine/prospect';
import { historyOf, perform, undone } from '../state/history';
import { addNodes, newNodes } from './nodes';
import { addNote, newNoteId } from './notes';
import { exposeParameter, setParameter } from './parameters';
import type { Recipe } from './recipe';
import { setRoll } from './seeds';
import { expandInstance } from './subgraph-expand';
import { makeSubgraph } from './subgraph-make';
import { connect } from './wires';

const base = { version: 1, help: '', icon: '' };
const params = z.object({ amount: z.number().default(0), seed: seed().default('1') });
const run = () => ({}) as never;
const latent = { latent: 'latent' } as const;
const more = { kind: 'latent', optional: true } as const;
const definitions: AnyNode[] = [
  defineNode({ ...base, params, type: 't/noise', title: 'Noise', in: {}, out: { ...latent, count: 'integer' }, run }),
  defineNode({ ...base, params, type: 't/mix', title: 'Mix', in: { a: 'latent', b: more }, out: latent, run }),
  defineNode({
    ...base,
    params,
    type: 't/split',
    title: 'Split',
    in: latent,
    out: { up: 'latent', down: 'latent' },
    run,
  }),
  defineNode({
    ...base,
    params,
    type: 't/start',
    title: 'Start',
    in: latent,
    out: latent,
    loopStart: { end: 't/end', count: () => 1, enter: () => ({}) as never },
  }),
  defineNode({
    ...base,
    params,
    type: 't/end',
    title: 'End',
    in: latent,
    out: latent,
    loopEnd: { finish: () => ({}) as never },
  }),
];
const registry = new Map(definitions.map((node) => [node.type, node]));

const die = fc.nat(10_000);
const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % list.length];

/** A graph that somebody could have drawn: nodes and zones, wires that were let in, values, sockets and a note. */
const graphs: fc.Arbitrary<Document> = fc
  .array(
    fc.tuple(fc.constantFrom('add', 'add', 'wire', 'wire', 'wire', 'set', 'roll', 'expose', 'note'), die, die, die),
    {
      minLength: 8,
      maxLength: 45,
    },
  )
  .map((steps) => {
    const recipes: Record<string, (document: Document, a: number, b: number, c: number) => Recipe | undefined> = {
      add: (document, a, b, c) =>
        addNodes(newNodes(document, registry, definitions[a % 4] as AnyNode, [b % 901, c % 701]), registry),
      wire: (document, a, b, c) => {
        const [source, target] = [pick(document.nodes, a), pick(document.nodes, b)];
        const port = pick(Object.keys(registry.get(source?.type ?? '')?.out ?? {}), c);
        const ports = [...Object.keys(registry.get(target?.type ?? '')?.in ?? {}), ...(target?.exposed ?? [])];
        const input = pick(ports, c >> 1);
        if (!source || !target || port === undefined || input === undefined) return undefined;
        const ends: readonly [WireEnd, WireEnd] = [
          [source.id, port],
          [target.id, input],
        ];
        return canConnect(document, registry, ...ends).ok ? connect(...ends) : undefined;
      },
      set: (document, a, b) => setParameter(pick(document.nodes, a)?.id ?? '', 'amount', b),
      roll: (document, a) => setRoll(pick(document.nodes, a)?.id ?? '', 'seed', 'random'),
      expose: (document, a) => exposeParameter(pick(document.nodes, a)?.id ?? '', 'amount', true),
      note: (document, a, b) => addNote(newNoteId(document), [a % 900, b % 900]),
    };
    return steps.reduce(
      (document, [name, a, b, c]) => {
        const recipe = recipes[name]?.(document, a, b, c);
        return recipe ? perform(historyOf(document), name, recipe).document : document;
      },
      emptyDocument('g', 'G'),
    );
  });

/** The same graph reads the same, whatever the order in which its parts are listed. */
const sorted = ({ nodes, wires, zones, frames, notes = [], ...rest }: Document) => ({
  ...rest,
  nodes: nodes.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  wires: wires.map((wire) => JSON.stringify([wire.from, wire.to])).sort(),
  zones: zones.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  frames,
  notes: notes.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
});

/** What a run would look up in its cache, by node; without the names of the instances that it is inside of. */
function keysOf(document: Document): Record<string, string> {
  const { units } = plan(
    document,
    registry,
    document.nodes.map(({ id }) => id),
  );
  const made = new Map<string, Prospect>();
  for (const unit of units) {
    const sources = inputsOf(unit).map((input) => [input, made.get(input.from[0])] as const);
    // What waits for something that is wrong does not run.
    if (!sources.every((pair): pair is readonly [PlannedInput, Prospect] => pair[1] !== undefined)) continue;
    const prospect = prospectOf(
      unit,
      sources.map(([input, source]) => sourceOf(input, source)),
      new Set(),
      {} as Host,
    );
    made.set(prospect.id, prospect);
  }
  return Object.fromEntries([...made].map(([id, { keys }]) => [id.split('/').at(-1) ?? id, keys.join()]));
}

const problemsOf = (document: Document) =>
  plan(
    document,
    registry,
    document.nodes.map(({ id }) => id),
  ).problems.length;

describe('a subgraph made of any part of any graph', () => {
  it('gives the same graph back when it is expanded, and the same work to do in between', () => {
    const outcomes = { made: 0, refused: 0, zones: 0, nested: 0 };
    fc.assert(
      fc.property(graphs, fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }), die, (document, chosen, again) => {
        const ids = [...document.nodes, ...(document.notes ?? [])].filter((_, i) => chosen[i]).map(({ id }) => id);
        const made = makeSubgraph(document, registry, ids);
        if ('refusal' in made) {
          expect(made.refusal).toMatch(/^[A-Z].+\.$/s);
          outcomes.refused++;
          return;
        }
        outcomes.made++;
        const collapsed = perform(historyOf(document), 'Make', made.recipe);
        expect(checkDocument(structuredClone(collapsed.document))).toEqual(collapsed.document);
        if (collapsed.document.subgraphs?.[0]?.zones.length) outcomes.zones++;
        expect(keysOf(collapsed.document)).toEqual(keysOf(document));
        expect(problemsOf(collapsed.document) > 0).toBe(problemsOf(document) > 0);

        // Once more, with the instance among what is chosen or not.
        const both = collapsed.document.nodes.filter((_, i) => (again >> i) % 2 === 1).map(({ id }) => id);
        const outer = makeSubgraph(collapsed.document, registryOf(collapsed.document, registry), both);
        let open = collapsed;
        if ('recipe' in outer) {
          open = perform(collapsed, 'Make', outer.recipe);
          if (both.includes(made.id)) outcomes.nested++;
          expect(keysOf(open.document)).toEqual(keysOf(document));
          const expansion = expandInstance(open.document, outer.id);
          if ('recipe' in expansion) open = perform(open, 'Expand', expansion.recipe);
          expect(sorted(open.document)).toEqual(sorted(collapsed.document));
        }
        const expansion = expandInstance(open.document, made.id);
        const expanded = 'recipe' in expansion ? perform(open, 'Expand', expansion.recipe) : open;
        expect(sorted(expanded.document)).toEqual(sorted(document));
        let back = expanded;
        while (back.past.length) back = undone(back);
        expect(back.document).toEqual(document);
      }),
      { numRuns: 600 },
    );
    // Nothing of this passed by not happening.
    for (const count of Object.values(outcomes)) expect(count).toBeGreaterThan(50);
  }, 60_000);
});
