import { expect, test } from 'vitest';
import text from '../../../graphs/teach-a-word.weft.json?raw';
import { registry } from '../../../nodes/registry';
import { type Document, parseDocument } from '../../core/document';
import { idleRun, type NodeRun } from '../state/run-store';
import { behindLessons, type Learned, withRun } from './lessons';

const document = parseDocument(text);
const set = (id: string, change: Partial<Document['nodes'][number]>): Document => ({
  ...document,
  nodes: document.nodes.map((node) => (node.id === id ? { ...node, ...change } : node)),
});
const held = (of: Document, learned: Learned) => behindLessons(of, registry, ['preview'], learned);
const run = (ran: Document, states: Readonly<Record<string, NodeRun['state']>>) => {
  const nodes = Object.entries(states).map(([id, state]) => [id, { state } as NodeRun] as const);
  return { ...idleRun, ran, planned: Object.keys(states), nodes: Object.fromEntries(nodes) };
};

test('what needs a lesson waits until one is through, and again when the lesson is another', () => {
  expect(held(document, new Map())).toEqual(['preview']);
  expect(held(document, withRun(new Map(), run(document, { learn: 'failed', preview: 'skipped' })))).toEqual([
    'preview',
  ]);
  const learned = withRun(new Map(), run(document, { learn: 'done', preview: 'done' }));
  expect(held(document, learned)).toEqual([]);
  expect(held(set('noise', { params: { seed: 1, width: 128, height: 128 } }), learned)).toEqual([]);
  expect(held(set('learn', { params: { steps: 7 } }), learned)).toEqual(['preview']);
  // A run that had no part in it changes nothing of what was learned, and with what.
  const other = set('learn', { params: { steps: 7 } });
  expect(held(other, withRun(learned, run(other, { encode: 'done' })))).toEqual(['preview']);
});

test('what is muted learns nothing, so nothing waits for it', () => {
  expect(held(set('learn', { muted: true }), new Map())).toEqual([]);
});
