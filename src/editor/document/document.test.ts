import { produce } from 'immer';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type AnyNode, defineNode } from '../../core/define-node';
import { checkDocument, type Document, emptyDocument } from '../../core/document';
import { excerpt, pasteExcerpt } from './clipboard';
import { addNodes, newNodes, removeParts } from './nodes';
import { exposeParameter, setParameter } from './parameters';
import { moveParts } from './parts';
import { staleNodes } from './stale';
import { connect } from './wires';

const base = { version: 1, help: '', icon: 'circle', params: z.object({ value: z.number().default(0) }) };
const source = defineNode({
  ...base,
  type: 'a/source',
  title: 'Source',
  in: {},
  out: { x: 'number' },
  run: () => ({ x: 0 }),
});
const sink = defineNode({ ...base, type: 'a/sink', title: 'Sink', in: { x: 'number' }, out: {}, run: () => ({}) });
const start = defineNode({
  ...base,
  type: 'a/start',
  title: 'Start',
  in: { x: 'number' },
  out: { x: 'number' },
  loopStart: { end: 'a/end', count: () => 1, enter: () => ({ x: 0 }) },
});
const end = defineNode({
  ...base,
  type: 'a/end',
  title: 'End',
  in: { x: 'number' },
  out: { x: 'number' },
  loopEnd: { finish: () => ({ x: 0 }) },
});
const registry = new Map<string, AnyNode>([source, sink, start, end].map((node) => [node.type, node]));

const add = (document: Document, definition: AnyNode): Document =>
  produce(document, addNodes(newNodes(document, registry, definition, [10, 20]), registry));
const chain = () =>
  produce(add(add(emptyDocument('d', 'D'), source), sink), connect(['source', 'x'], ['sink', 'x'])) as Document;

describe('a graph after a command', () => {
  it('gets a start and an end with a zone when a zone is added', () => {
    const document = add(emptyDocument('d', 'D'), start);
    expect(document.nodes.map(({ type }) => type)).toEqual(['a/start', 'a/end']);
    expect(document.zones).toEqual([{ id: 'zone', start: 'start', end: 'end' }]);
    expect(checkDocument(structuredClone(document))).toEqual(document);
  });

  it('loses both halves of a zone, and the zone, when one half is removed', () => {
    const document = produce(add(emptyDocument('d', 'D'), start), removeParts(['end']));
    expect(document).toEqual(emptyDocument('d', 'D'));
  });

  it('has one wire at an input, the last one made', () => {
    const document = produce(add(chain(), source), connect(['source-2', 'x'], ['sink', 'x']));
    expect(document.wires).toEqual([{ from: ['source-2', 'x'], to: ['sink', 'x'] }]);
  });

  it('loses the wire of a parameter that is no longer a socket', () => {
    const exposed = produce(chain(), exposeParameter('sink', 'value', true));
    const wired = produce(exposed, connect(['source', 'x'], ['sink', 'value']));
    expect(wired.wires).toHaveLength(2);
    expect(produce(wired, exposeParameter('sink', 'value', false))).toEqual(chain());
  });

  it('holds a copy under new ids with the wires among the copies', () => {
    const document = chain();
    const { recipe, pasted } = pasteExcerpt(document, excerpt(document, ['source', 'sink']), [5, 5]);
    const copied = produce(document, recipe);
    expect(pasted).toEqual(['source-2', 'sink-2']);
    expect(copied.wires[1]).toEqual({ from: ['source-2', 'x'], to: ['sink-2', 'x'] });
    expect(copied.nodes[2]?.at).toEqual([15, 25]);
  });
});

describe('results after an edit', () => {
  it('are stale at the node that changed and behind it, and fresh again after the edit is taken back', () => {
    const document = chain();
    const edited = produce(document, setParameter('source', 'value', 2));
    expect(staleNodes(document, edited)).toEqual(new Set(['source', 'sink']));
    expect(staleNodes(document, produce(edited, setParameter('source', 'value', undefined)))).toEqual(new Set());
    expect(staleNodes(document, produce(document, setParameter('sink', 'value', 2)))).toEqual(new Set(['sink']));
  });

  it('stay fresh when nodes only move', () => {
    expect(staleNodes(chain(), produce(chain(), moveParts(new Map([['sink', [0, 0]]]))))).toEqual(new Set());
  });
});
