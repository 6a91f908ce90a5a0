import { describe, expect, it } from 'vitest';
import { compareDocuments, countChanges } from './compare';
import { type Document, emptyDocument, parseDocument, writeDocument } from './document';

const node = (id: string, params: Document['nodes'][number]['params'] = {}): Document['nodes'][number] => ({
  id,
  type: 'text/prompt',
  version: 1,
  at: [0, 0],
  params,
});

const base: Document = {
  ...emptyDocument('a', 'A'),
  nodes: [node('one', { text: 'cat', deep: { a: 1, b: [1, 2] } }), node('two'), node('three')],
  wires: [
    { from: ['one', 'text'], to: ['two', 'text'] },
    { from: ['two', 'text'], to: ['three', 'text'], via: [[1, 2]] },
  ],
};

describe('two graphs', () => {
  it('that are the same do not differ, whatever the order of keys and the place of the view', () => {
    const read = parseDocument(writeDocument(base));
    const [first, ...rest] = read.nodes;
    const turned = { ...first, params: { deep: { b: [1, 2], a: 1 }, text: 'cat' } } as Document['nodes'][number];
    const other = { ...read, id: 'b', view: { at: [9, 9], zoom: 2 }, nodes: [turned, ...rest] } satisfies Document;
    expect(countChanges(compareDocuments(base, other))).toBe(0);
  });

  it('differ in parts, parameters, wires and the ways of wires', () => {
    const after: Document = {
      ...base,
      name: 'B',
      nodes: [{ ...node('one', { text: 'dog', deep: { a: 1, b: [1, 2] } }), muted: true }, node('three'), node('four')],
      wires: [{ from: ['one', 'text'], to: ['three', 'text'] }],
      notes: [{ id: 'note', at: [0, 0], size: [9, 9], text: 'hello' }],
    };
    const changes = compareDocuments(base, after);
    expect(changes.fields).toEqual([{ of: 'field', name: 'name', before: 'A', after: 'B' }]);
    expect(changes.nodes.added.map(({ id }) => id)).toEqual(['four']);
    expect(changes.nodes.removed.map(({ id }) => id)).toEqual(['two']);
    expect(changes.nodes.changed.map(({ id, fields }) => ({ id, fields }))).toEqual([
      {
        id: 'one',
        fields: [
          { of: 'parameter', name: 'text', before: 'cat', after: 'dog' },
          { of: 'field', name: 'muted', before: undefined, after: true },
        ],
      },
    ]);
    expect(changes.wires.added).toEqual(after.wires);
    expect(changes.wires.removed).toEqual(base.wires);
    expect(changes.notes.added).toHaveLength(1);
    expect(countChanges(changes)).toBe(8);
    const rerouted = { ...base, wires: base.wires.map(({ from, to }) => ({ from, to })) };
    expect(compareDocuments(base, rerouted).wires).toMatchObject({
      added: [],
      removed: [],
      rerouted: [{ to: ['three', 'text'] }],
    });
  });

  it('differ in the insides and the borders of their subgraphs', () => {
    const inside = {
      id: 'sub',
      title: 'Sub',
      inputs: [],
      outputs: [],
      params: [],
      nodes: [node('x', { text: 'a' })],
      wires: [],
      zones: [],
      frames: [],
    };
    const before = { ...base, subgraphs: [inside, { ...inside, id: 'old' }] };
    const after = {
      ...base,
      subgraphs: [
        { ...inside, title: 'Other', nodes: [node('x', { text: 'b' })] },
        { ...inside, id: 'new' },
      ],
    };
    const { subgraphs } = compareDocuments(before, after);
    expect([subgraphs.added.map(({ id }) => id), subgraphs.removed.map(({ id }) => id)]).toEqual([['new'], ['old']]);
    expect(subgraphs.changed[0]?.fields).toMatchObject([{ name: 'title', after: 'Other' }]);
    expect(subgraphs.changed[0]?.nodes.changed[0]?.fields).toMatchObject([{ name: 'text', before: 'a', after: 'b' }]);
    expect(countChanges(compareDocuments(before, after))).toBe(4);
  });
});
