import { expect, test } from 'vitest';
import template from '../../../graphs/text-to-image.weft.json?raw';
import { registry } from '../../../nodes/registry';
import { type Document, parseDocument } from '../../core/document';
import { graphOf } from '../../core/graph';
import { readingOf } from './reading-model';
import { isReadByTiny } from './tiny';

const document = parseDocument(template);
const changed = (change: Partial<Document>, params: Document['nodes'][number]['params'] = {}) =>
  graphOf({
    ...document,
    ...change,
    nodes: (change.nodes ?? document.nodes).map((node) =>
      node.type === 'models/checkpoint' ? { ...node, params: { ...node.params, ...params } } : node,
    ),
  });

test('a prompt is read by the model whose text encoder it leads to', () => {
  expect(readingOf(graphOf(document), registry, 'prompt').models).toEqual(['tiny']);
  expect(isReadByTiny(graphOf(document), registry, 'prompt')).toBe(true);
  expect(isReadByTiny(changed({}, { model: 'another' }), registry, 'prompt')).toBe(false);
});

test('a prompt that leads nowhere, or whose model comes by wire, is not read by the built-in model', () => {
  expect(isReadByTiny(changed({ wires: [] }), registry, 'prompt')).toBe(false);
  const text = { id: 'name', type: 'text/prompt', version: 1, at: [0, 0] as [number, number], params: {} };
  const wires = [...document.wires, { from: ['name', 'text'], to: ['checkpoint', 'model'] }] as Document['wires'];
  expect(isReadByTiny(changed({ nodes: [...document.nodes, text], wires }), registry, 'prompt')).toBe(false);
});

test('the words of embeddings that are wired to the encoder are known by name', () => {
  const embedding = {
    id: 'learned',
    type: 'text/embedding-loader',
    version: 1,
    at: [0, 0] as [number, number],
    params: { file: 'zorgle.safetensors' },
  };
  const encoder = document.nodes.find(({ type }) => type === 'text/text-encoder')?.id ?? '';
  const wires = [
    ...document.wires,
    { from: ['learned', 'embedding'], to: [encoder, 'embedding'] },
  ] as Document['wires'];
  const prompt = document.wires.find(({ to }) => to[0] === encoder && to[1] === 'text')?.from[0] ?? '';
  const { words } = readingOf(changed({ nodes: [...document.nodes, embedding], wires }), registry, prompt);
  expect(words).toEqual(['zorgle.safetensors']);
});
