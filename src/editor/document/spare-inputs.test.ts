import { expect, test } from 'vitest';
import { registry } from '../../../nodes/registry';
import type { AnyNode } from '../../core/define-node';
import { type Document, emptyDocument } from '../../core/document';
import { graphOf } from '../../core/graph';
import { spareInputs } from './spare-inputs';

const encoder = registry.get('text/text-encoder') as AnyNode;
const graphWith = (...ports: string[]) => {
  const document: Document = {
    ...emptyDocument('test', 'Test'),
    nodes: [{ id: 'node', type: encoder.type, version: 1, at: [0, 0], params: {} }],
    wires: ports.map((port) => ({ from: ['elsewhere', 'out'], to: ['node', port] })),
  };
  return graphOf(document);
};

test('the inputs that may stay unwired and are, are spare; those that a node needs never are', () => {
  expect(spareInputs(graphWith(), 'node', encoder)).toEqual(['embedding', 'embedding2', 'schedule']);
});

test('a wired input is not spare', () => {
  expect(spareInputs(graphWith('embedding'), 'node', encoder)).toEqual(['embedding2', 'schedule']);
});

test('one input alone is not kept out of sight', () => {
  expect(spareInputs(graphWith('embedding', 'schedule'), 'node', encoder)).toEqual([]);
});
