import { expect, test } from 'vitest';
import { type Document, emptyDocument } from '../../core/document';
import { graphOf } from '../../core/graph';
import { turn, walk, waysFrom } from './walk';

const node = (id: string) => ({ id, type: 'x/y', version: 1, at: [0, 0] as [number, number], params: {} });
const wire = (from: [string, string], to: [string, string]) => ({ from, to });

/** a.out goes to b.x, c.x and c.y; d.out goes to c.z. */
const document: Document = {
  ...emptyDocument('test', 'Test'),
  nodes: ['a', 'b', 'c', 'd'].map(node),
  wires: [
    wire(['a', 'out'], ['b', 'x']),
    wire(['a', 'out'], ['c', 'x']),
    wire(['a', 'out'], ['c', 'y']),
    wire(['d', 'out'], ['c', 'z']),
  ],
};
const graph = graphOf(document);
const input = (id: string, port: string) => ({ node: id, socket: { port, side: 'target' as const } });
const output = (id: string, port: string) => ({ node: id, socket: { port, side: 'source' as const } });

test('a node leads to each node that it feeds once, a socket to each socket at the end of its wires', () => {
  expect(waysFrom(graph, { node: 'a' }, 'right')).toEqual([{ node: 'b' }, { node: 'c' }]);
  expect(waysFrom(graph, output('a', 'out'), 'right')).toEqual([input('b', 'x'), input('c', 'x'), input('c', 'y')]);
  expect(waysFrom(graph, input('c', 'z'), 'left')).toEqual([output('d', 'out')]);
});

test('no wire leaves an input to the right, and none a node without wires', () => {
  expect(waysFrom(graph, input('c', 'z'), 'right')).toEqual([]);
  expect(walk(graph, { node: 'b' }, 'right')).toBeUndefined();
});

test('who turns round goes back where they came from and not along the first wire', () => {
  const there = { from: { node: 'd' }, to: { node: 'c' }, direction: 'right' } as const;
  expect(walk(graph, { node: 'c' }, 'left', there)).toEqual({ ways: [{ node: 'a' }, { node: 'd' }], at: 1 });
  expect(walk(graph, { node: 'c' }, 'left')).toEqual({ ways: [{ node: 'a' }, { node: 'd' }], at: 0 });
});

test('at a fork one goes round all of its wires and comes back to the first', () => {
  const fork = walk(graph, output('a', 'out'), 'right');
  if (!fork) throw new Error('No way leads on.');
  expect([1, 2, 3].reduce((at) => turn(at, 1), fork).at).toBe(fork.at);
  expect(turn(fork, -1).at).toBe(2);
});
