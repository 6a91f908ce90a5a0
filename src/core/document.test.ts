import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Document, emptyDocument, limits, parseDocument, writeDocument } from './document';
import { ProblemError } from './problem';

const coordinate = fc.integer({ min: -1e5, max: 1e5 });
const point = fc.tuple(coordinate, coordinate);
const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/).filter((id) => id !== 'constructor' && id !== 'prototype');
/** JSON has no minus zero. */
/** A key `__proto__` is dropped when a file is read, so that no graph can reach into what all objects share. */
const json = fc
  .jsonValue({ maxDepth: 4 })
  .map((value) => JSON.parse(JSON.stringify(value).replaceAll('"__proto__":', '"proto":')));

const documents: fc.Arbitrary<Document> = fc
  .uniqueArray(
    fc.record(
      {
        id: name,
        type: fc.constantFrom('text/prompt', 'sampling/cfg-combine', 'who/knows'),
        version: fc.integer({ min: 1, max: 9 }),
        at: point,
        title: fc.string({ maxLength: 30 }),
        params: fc.dictionary(name, json, { maxKeys: 4 }),
        exposed: fc.array(name, { maxLength: 3 }),
        collapsed: fc.boolean(),
      },
      { requiredKeys: ['id', 'type', 'version', 'at', 'params'] },
    ),
    { selector: (node) => node.id, maxLength: 12 },
  )
  .chain((nodes) => {
    const ids = nodes.map((node) => node.id);
    const end = fc.tuple(ids.length ? fc.constantFrom(...ids) : name, name);
    const wires = ids.length
      ? fc.uniqueArray(fc.record({ from: end, to: end }), { selector: (wire) => wire.to.join(), maxLength: 12 })
      : fc.constant([]);
    return fc.tuple(fc.constant(nodes), wires, fc.string({ maxLength: 60 }));
  })
  .map(([nodes, wires, title]) => ({ ...emptyDocument('some-graph', title), nodes, wires }) as Document);

const border = ['inputs', 'outputs'].map((side) => ({
  id: side,
  type: `subgraph/${side}`,
  version: 1,
  at: [0, 0] as [number, number],
  params: {},
}));

/** A subgraph with the inside of some document, and the document with an instance of it. */
const withSubgraph: fc.Arbitrary<Document> = fc.tuple(documents, documents).map(([document, inside]) => {
  const ids = new Set(border.map(({ id }) => id));
  const nodes = inside.nodes.filter(({ id }) => !ids.has(id));
  const known = new Set(nodes.map(({ id }) => id));
  const subgraph = {
    id: 'some-subgraph',
    title: inside.name,
    inputs: [{ name: 'latent', kind: 'latent' as const, help: 'What comes in.' }],
    outputs: [],
    params: nodes.slice(0, 1).map(({ id }) => ({ name: 'amount', of: [id, 'amount'] as [string, string] })),
    nodes: [...border, ...nodes],
    wires: inside.wires.filter(({ from, to }) => known.has(from[0]) && known.has(to[0])),
    zones: [],
    frames: [],
  };
  return { ...document, subgraphs: [subgraph] };
});
const anyDocument = fc.oneof(documents, withSubgraph);

describe('a graph file', () => {
  it('reads back as the document that was written', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        expect(parseDocument(writeDocument(document))).toEqual(document);
      }),
    );
  });

  it('does not change when it is read and written again', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const text = writeDocument(document);
        expect(writeDocument(parseDocument(text))).toBe(text);
      }),
    );
  });

  it('changes in one line when one node moves', () => {
    const document = {
      ...emptyDocument('g', 'G'),
      nodes: ['a', 'b', 'c'].map((id) => ({
        id,
        type: 'text/prompt',
        version: 1,
        at: [0, 0] as [number, number],
        params: {},
      })),
    };
    const moved = {
      ...document,
      nodes: document.nodes.map((n) => (n.id === 'b' ? { ...n, at: [4, 8] as [number, number] } : n)),
    };
    const before = writeDocument(document).split('\n');
    const after = writeDocument(moved).split('\n');
    expect(after.filter((line, i) => line !== before[i])).toHaveLength(1);
  });

  it('is read or refused with a sentence, whatever was done to its bytes', () => {
    fc.assert(
      fc.property(
        anyDocument,
        fc.array(fc.tuple(fc.nat(), fc.string({ maxLength: 3 }), fc.nat(8))),
        (document, edits) => {
          let text = writeDocument(document);
          for (const [at, insert, remove] of edits) {
            const place = at % (text.length + 1);
            text = text.slice(0, place) + insert + text.slice(place + remove);
          }
          refusedOrRead(text);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is read or refused with a sentence, whatever JSON it holds', () => {
    fc.assert(
      fc.property(documents, fc.jsonValue(), fc.string(), (document, value, key) => {
        const data = { ...JSON.parse(writeDocument(document)), [key]: value };
        refusedOrRead(JSON.stringify(data));
        refusedOrRead(JSON.stringify({ ...data, nodes: value }));
        refusedOrRead(JSON.stringify({ ...data, zones: value, wires: value }));
        refusedOrRead(JSON.stringify({ ...data, subgraphs: value }));
      }),
    );
  });

  it.each([
    ['nested a million deep', `{"format":"weft","x":${'['.repeat(1e6)}`, /nests deeper/],
    [
      'an own __proto__',
      '{"format":"weft","version":1,"id":"a","name":"","nodes":[],"wires":[],"__proto__":{"x":1}}',
      /cannot be read/,
    ],
    ['a newer format', '{"format":"weft","version":99}', /newer Weft/],
    ['another program', '{"last_node_id":9,"nodes":[]}', /not a Weft graph/],
    ['nothing', '', /not JSON/],
    ['too much', 'x'.repeat(limits.bytes + 1), /larger than 32 MB/],
    [
      'too many nodes',
      JSON.stringify({ ...emptyDocument('a', 'a'), nodes: new Array(limits.nodes + 1).fill({}) }),
      /cannot be read/,
    ],
  ])('is refused when it holds %s', (_, text, reason) => {
    expect(() => parseDocument(text)).toThrow(reason);
  });

  it.each([
    ['a wire to nowhere', { wires: [{ from: ['a', 'x'], to: ['b', 'y'] }] }, /node "a", which does not exist/],
    [
      'two nodes of one id',
      { nodes: [1, 2].map(() => ({ id: 'a', type: 'text/prompt', version: 1, at: [0, 0] })) },
      /id "a"/,
    ],
    ['a zone without nodes', { zones: [{ id: 'z', start: 'a', end: 'b' }] }, /does not exist/],
  ])('is refused when it contradicts itself by %s', (_, part, reason) => {
    expect(() => parseDocument(JSON.stringify({ ...emptyDocument('g', 'G'), ...part }))).toThrow(reason);
  });
});

describe('subgraphs in a file', () => {
  const node = (id: string, type: string) => ({ id, type, version: 1, at: [0, 0], params: {} });
  const subgraph = (id: string, more: object = {}, types: readonly string[] = []) => ({
    id,
    title: id,
    inputs: [],
    outputs: [],
    params: [],
    nodes: [...border, ...types.map((type, i) => node(`n${i}`, type))],
    wires: [],
    ...more,
  });
  const file = (subgraphs: readonly object[], types: readonly string[] = []) =>
    JSON.stringify({ ...emptyDocument('g', 'G'), nodes: types.map((type, i) => node(`n${i}`, type)), subgraphs });

  it.each([
    ['holds itself', [subgraph('a', {}, ['subgraph/a'])], /its subgraph "a" holds itself/],
    [
      'holds another that holds it',
      [subgraph('a', {}, ['subgraph/b']), subgraph('b', {}, ['subgraph/a'])],
      /subgraphs "a" and "b" hold each other/,
    ],
    ['has another’s id', [subgraph('a'), subgraph('a')], /two of its subgraphs have the id "a"/],
    ['has the id of a border', [subgraph('inputs')], /kept for the border/],
    ['has no border', [subgraph('a', { nodes: [] })], /needs one node of the type subgraph\/inputs/],
    [
      'has two inputs of one name',
      [subgraph('a', { inputs: [0, 1].map(() => ({ name: 'x', kind: 'text' })) })],
      /two of its sockets or parameters have one name/,
    ],
    [
      'shows a parameter of nothing',
      [subgraph('a', { params: [{ name: 'x', of: ['who', 'x'] }] })],
      /of the node "who", which does not exist/,
    ],
    [
      'has a socket of no kind',
      [subgraph('a', { inputs: [{ name: 'x', kind: 'magic' }] })],
      /cannot be read at subgraphs/,
    ],
  ])('are refused when one %s', (_, subgraphs, reason) => {
    expect(() => parseDocument(file(subgraphs))).toThrow(reason);
  });

  it('are refused when few lines would make millions of nodes', () => {
    const levels = Array.from({ length: 30 }, (_, i) =>
      subgraph(`s${i}`, {}, i === 0 ? ['t/t'] : [`subgraph/s${i - 1}`, `subgraph/s${i - 1}`]),
    );
    expect(() => parseDocument(file(levels, ['subgraph/s29']))).toThrow(/more than 20000 nodes when its subgraphs/);
    expect(parseDocument(file(levels, ['subgraph/s3'])).subgraphs).toHaveLength(30);
  });

  it('leave what names a subgraph that is not there as it is', () => {
    expect(parseDocument(file([], ['subgraph/gone'])).nodes).toHaveLength(1);
  });
});

function refusedOrRead(text: string): void {
  try {
    const document = parseDocument(text);
    expect(parseDocument(writeDocument(document))).toEqual(document);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(ProblemError);
    expect((thrown as Error).message).toMatch(/^This .+\.$/s);
  }
}
