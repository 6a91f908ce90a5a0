import { produce } from 'immer';
import { describe, expect, it } from 'vitest';
import { type Document, emptyDocument } from '../../core/document';
import { isOn, toggleNodes } from './switches';

const node = (id: string, more: Partial<Document['nodes'][number]> = {}): Document['nodes'][number] => ({
  id,
  type: 'a/b',
  version: 1,
  at: [0, 0],
  params: {},
  ...more,
});
const document: Document = { ...emptyDocument('d', 'D'), nodes: [node('a', { muted: true }), node('b'), node('c')] };

describe('a switch of several nodes', () => {
  it('goes on where any is off, and off where all are on, leaving no trace', () => {
    const on = produce(document, toggleNodes(['a', 'b'], 'muted'));
    expect(on.nodes.map(({ muted }) => muted)).toEqual([true, true, undefined]);
    const off = produce(on, toggleNodes(['a', 'b'], 'muted'));
    expect(off.nodes).toEqual([node('a'), node('b'), node('c')]);
    expect(isOn(on, ['a', 'b'], 'muted')).toBe(true);
    expect(isOn(on, [], 'muted')).toBe(false);
  });

  it('makes a muted node a bypassed one and back', () => {
    const bypassed = produce(document, toggleNodes(['a'], 'bypassed'));
    expect(bypassed.nodes[0]).toEqual(node('a', { bypassed: true }));
    expect(produce(bypassed, toggleNodes(['a'], 'muted'))).toEqual(document);
  });
});
