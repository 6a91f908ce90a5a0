import { expect, test } from 'vitest';
import { z } from 'zod';
import { type AnyNode, defineNode } from '../../core/define-node';
import { type Document, emptyDocument } from '../../core/document';
import { graphOf, type Registry } from '../../core/graph';
import { candidatesFor } from './candidates';

const source = defineNode({
  type: 'x/source',
  version: 1,
  title: 'Source',
  help: 'Gives a number and a text.',
  icon: 'number',
  in: {},
  params: z.object({}),
  out: { number: 'number', text: 'text' },
  run: () => ({ number: 1, text: '' }),
});
const sum = defineNode({
  type: 'x/sum',
  version: 1,
  title: 'Sum',
  help: 'Adds.',
  icon: 'plus',
  in: { a: 'number', b: { kind: 'number', optional: true }, name: 'text' },
  params: z.object({ offset: z.number().default(0) }),
  out: { sum: 'number' },
  run: () => ({ sum: 0 }),
});
const registry: Registry = new Map<string, AnyNode>(
  [source, sum].map((definition) => [definition.type, definition as AnyNode]),
);

const node = (id: string, type: string) => ({ id, type, version: 1, at: [0, 0] as [number, number], params: {} });
const document: Document = {
  ...emptyDocument('test', 'Test'),
  nodes: [node('s', 'x/source'), node('t', 'x/source'), node('one', 'x/sum'), node('two', 'x/sum')],
  wires: [
    { from: ['s', 'number'], to: ['one', 'a'] },
    { from: ['t', 'number'], to: ['one', 'b'] },
    { from: ['one', 'sum'], to: ['two', 'a'] },
  ],
};
const graph = graphOf(document);
const names = (list: ReturnType<typeof candidatesFor>) => list.map(({ end }) => end.join('.'));

test('for an output: its own wires first, then free inputs, taken ones, parameters that would become sockets, and the rest', () => {
  const found = candidatesFor(document, graph, registry, { end: ['s', 'number'], side: 'source' });
  expect(names(found)).toEqual([
    'one.a',
    'two.b',
    'one.b',
    'two.a',
    'one.offset',
    'two.offset',
    'one.name',
    'two.name',
  ]);
  expect(found[0]).toMatchObject({ wired: true });
  expect(found[2]).toMatchObject({ taken: ['t', 'number'], likely: true });
  expect(found[4]).toMatchObject({ expose: true });
  expect(found[6]).toMatchObject({ likely: false });
});

test('for an input: the outputs of its kind that do not depend on it', () => {
  const found = candidatesFor(document, graph, registry, { end: ['one', 'b'], side: 'target' });
  expect(names(found.filter(({ likely }) => likely))).toEqual(['t.number', 's.number']);
  expect(found[0]).toMatchObject({ wired: true });
  expect(found.find(({ end }) => end[0] === 'two')).toMatchObject({ likely: false });
});
