import { expect, it } from 'vitest';
import { registry } from '../../../nodes/registry';
import { emptyDocument } from '../../core/document';
import { findInGraph } from './find-in-graph';

const document = {
  ...emptyDocument('test', 'Test'),
  nodes: [
    {
      id: 'b',
      type: 'text/prompt',
      version: 1,
      at: [200, 0] as [number, number],
      params: { text: 'A red\ncar on a beach' },
    },
    {
      id: 'a',
      type: 'numbers/number',
      version: 1,
      at: [0, 0] as [number, number],
      params: { value: 7.5 },
      title: 'Redness',
    },
  ],
  frames: [{ id: 'f', title: 'Reds', at: [90, 0] as [number, number], size: [10, 10] as [number, number] }],
  notes: [{ id: 'n', text: 'nothing here', at: [300, 0] as [number, number], size: [10, 10] as [number, number] }],
};

it('finds titles, types, values and texts, from left to right', () => {
  expect(findInGraph(document, registry, 'RED').map(({ id }) => id)).toEqual(['a', 'f', 'b']);
  expect(findInGraph(document, registry, '7.5')).toEqual([{ id: 'a', title: 'Redness', where: 'value: 7.5' }]);
  expect(findInGraph(document, registry, 'number')[0]?.where).toBe('Number');
  expect(findInGraph(document, registry, 'car')[0]?.where).toBe('text: A red car on a beach');
  expect(findInGraph(document, registry, 'nothing')[0]?.title).toBe('Note');
});

it('finds nothing where nothing is asked or there', () => {
  expect(findInGraph(document, registry, ' ')).toEqual([]);
  expect(findInGraph(document, registry, 'lighthouse')).toEqual([]);
});
